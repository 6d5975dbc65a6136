package cn.qingfeng.staff.audit;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Writes down that staff of a unit asked for a thing that is not there for them: not
 * there at all, or of a foreign unit. The answer does not tell which, and neither does
 * the entry, but many of them show who tries.
 */
@Component
class RefusalAudit implements WebFilter {

	private static final Logger log = LoggerFactory.getLogger(RefusalAudit.class);

	private final Audit audit;

	RefusalAudit(Audit audit) {
		this.audit = audit;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> filtered = chain.filter(exchange);
		return isOfStaff(exchange)
				? filtered.onErrorResume(RefusalAudit::isNotFound, (error) -> note(exchange).then(Mono.error(error)))
				: filtered;
	}

	private Mono<Void> note(ServerWebExchange exchange) {
		String asked = exchange.getRequest().getMethod() + " "
				+ exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return CurrentStaff.mono()
			.filter((staff) -> !staff.units().isEmpty())
			.flatMap((staff) -> this.audit.refused("access.not-found", asked))
			.onErrorResume((error) -> LogContext.line(() -> log.warn("a refusal was not written down", error)))
			.contextWrite(
					(context) -> context.put(ServerWebExchangeContextFilter.EXCHANGE_CONTEXT_ATTRIBUTE, exchange));
	}

	private static boolean isOfStaff(ServerWebExchange exchange) {
		return exchange.getRequest().getPath().value().startsWith("/api/admin/");
	}

	private static boolean isNotFound(Throwable error) {
		return error instanceof Problem problem && problem.status() == HttpStatus.NOT_FOUND;
	}

}
