package cn.qingfeng.platform.web;

import java.io.IOException;
import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The contract itself, at {@code /openapi/member.yaml} and {@code /openapi/admin.yaml},
 * read once.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiDocuments {

	@Bean
	RouterFunction<ServerResponse> contractDocuments() throws IOException {
		return document("/openapi/member.yaml").and(document("/openapi/admin.yaml"));
	}

	private static RouterFunction<ServerResponse> document(String path) throws IOException {
		byte[] yaml = new ClassPathResource(path.substring(1)).getContentAsByteArray();
		return RouterFunctions.route()
			.GET(path,
					(request) -> ServerResponse.ok()
						.contentType(MediaType.APPLICATION_YAML)
						.cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)))
						.bodyValue(yaml))
			.build();
	}

}
