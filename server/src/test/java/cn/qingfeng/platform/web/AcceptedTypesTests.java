package cn.qingfeng.platform.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptedTypesTests {

	@Test
	void whoeverAcceptsJsonAcceptsProblems() {
		assertThat(accepted("application/json")).containsExactly(MediaType.APPLICATION_JSON,
				MediaType.APPLICATION_PROBLEM_JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "*/*", "application/json, application/problem+json", "application/*" })
	void otherWishesStayAsTheyAre(String accept) {
		assertThat(accepted(accept)).isEqualTo(MediaType.parseMediaTypes(accept));
	}

	private static List<MediaType> accepted(String accept) {
		RequestedContentTypeResolverBuilder builder = new RequestedContentTypeResolverBuilder();
		new AcceptedTypes().configureContentTypeResolver(builder);
		return builder.build()
			.resolveMediaTypes(MockServerWebExchange
				.from(MockServerHttpRequest.get("/api/v1/me").header(HttpHeaders.ACCEPT, accept)));
	}

}
