package cn.qingfeng.platform.web;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;

import cn.qingfeng.platform.security.Tokens;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Conditional GET for every JSON answer of the APIs: an ETag from its bytes unless the
 * controller gave one, and 304 when the client has it already. Answers are private and
 * must be asked for again.
 */
@Component
@Order(0)
class EtagFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean applies = WebRequests.isApi(exchange.getRequest())
				&& exchange.getRequest().getMethod() == HttpMethod.GET;
		return applies ? chain.filter(exchange.mutate().response(new Tagged(exchange)).build())
				: chain.filter(exchange);
	}

	private static final class Tagged extends ServerHttpResponseDecorator {

		private final ServerWebExchange exchange;

		Tagged(ServerWebExchange exchange) {
			super(exchange.getResponse());
			this.exchange = exchange;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			HttpHeaders headers = getHeaders();
			if (headers.getCacheControl() == null) {
				headers.setCacheControl("private, no-cache");
			}
			if (getStatusCode() != null && getStatusCode() != HttpStatus.OK || !isJson()) {
				return super.writeWith(body);
			}
			String given = headers.getETag();
			if (given != null && !this.exchange.checkNotModified(given)) {
				return super.writeWith(body);
			}
			return DataBufferUtils.join(Flux.from(body))
				.flatMap((whole) -> writeTagged(whole, Objects.requireNonNullElseGet(given, () -> tag(whole))));
		}

		private Mono<Void> writeTagged(DataBuffer body, String tag) {
			HttpHeaders headers = getHeaders();
			headers.setETag(tag);
			if (this.exchange.checkNotModified(tag)) {
				DataBufferUtils.release(body);
				headers.remove(HttpHeaders.CONTENT_LENGTH);
				headers.remove(HttpHeaders.CONTENT_TYPE);
				return setComplete();
			}
			return super.writeWith(Mono.just(body));
		}

		private boolean isJson() {
			MediaType type = getHeaders().getContentType();
			return type != null && type.isCompatibleWith(MediaType.APPLICATION_JSON);
		}

		private static String tag(DataBuffer body) {
			MessageDigest sha256 = Tokens.sha256();
			try (DataBuffer.ByteBufferIterator parts = body.readableByteBuffers()) {
				parts.forEachRemaining(sha256::update);
			}
			byte[] digest = sha256.digest();
			return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22) + "\"";
		}

	}

}
