package cn.qingfeng.platform.web;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Small questions about a request.
 */
final class WebRequests {

	private WebRequests() {
	}

	static boolean isApi(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value().startsWith("/api/");
	}

	/** The content type; anything for none, or one that nobody can read. */
	static MediaType contentType(ServerHttpRequest request) {
		try {
			MediaType type = request.getHeaders().getContentType();
			return (type != null) ? type : MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

}
