package cn.qingfeng.platform.security;

import cn.qingfeng.platform.limit.Rates;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets each user do what the contract marks with {@code x-limit} only so often. It stands
 * behind the guard of the API, so that nobody uses up the budget of another.
 */
@Component
class RateFilter implements WebFilter {

	private final ContractAccess contract;

	private final Rates rates;

	RateFilter(ContractAccess contract, Rates rates) {
		this.contract = contract;
		this.rates = rates;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		return Mono.justOrEmpty(this.contract.limit(request.getMethod(), request.getPath().pathWithinApplication()))
			.flatMap(this::take)
			.then(Mono.defer(() -> chain.filter(exchange)));
	}

	private Mono<Void> take(ContractAccess.Limit limit) {
		return Caller.user().flatMap((user) -> this.rates.take(user.key() + "|" + limit.operation(), limit.rate()));
	}

}
