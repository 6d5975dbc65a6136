package cn.qingfeng.platform.web;

import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * A body over the limit is 413: at once when its length is announced, else as soon as too
 * much has come.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyLimitFilter implements WebFilter {

	private final WebProperties properties;

	BodyLimitFilter(WebProperties properties) {
		this.properties = properties;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		boolean upload = MediaType.MULTIPART_FORM_DATA.isCompatibleWith(WebRequests.contentType(request));
		long limit = (upload ? this.properties.maxUpload() : this.properties.maxBody()).toBytes();
		long announced = request.getHeaders().getContentLength();
		if (announced > limit) {
			return Mono.error(() -> tooLarge(exchange.getResponse(), announced > 2 * limit));
		}
		Counted counted = new Counted(request, limit, exchange.getResponse());
		return chain.filter(exchange.mutate().request(counted).build());
	}

	/**
	 * Who sends far too much, or without end, is not listened to any longer; a little too
	 * much is still read, or the client would see a broken line instead of the answer.
	 */
	private static ResponseStatusException tooLarge(ServerHttpResponse response, boolean farTooLarge) {
		if (farTooLarge) {
			response.getHeaders().setConnection("close");
		}
		return new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
	}

	private static final class Counted extends ServerHttpRequestDecorator {

		private final long limit;

		private final ServerHttpResponse response;

		private final AtomicLong seen = new AtomicLong();

		Counted(ServerHttpRequest request, long limit, ServerHttpResponse response) {
			super(request);
			this.limit = limit;
			this.response = response;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().doOnNext(this::count);
		}

		private void count(DataBuffer buffer) {
			if (this.seen.addAndGet(buffer.readableByteCount()) > this.limit) {
				DataBufferUtils.release(buffer);
				throw tooLarge(this.response, true);
			}
		}

	}

}
