package cn.qingfeng.wechat.web;

import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@QingfengIT
class PagesIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private WechatProperties properties;

	@Test
	void theProofOfTheDomainIsAtTheRoot() {
		this.client.get()
			.uri("/MP_verify_test.txt")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
			.expectBody(String.class)
			.isEqualTo("proof-of-the-domain");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/MP_verify_other.txt", "/mp_verify_test.txt", "/m/MP_verify_test.txt", "/robots.txt" })
	void noOtherProofIs(String path) {
		this.client.get().uri(path).exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/m/", "/m/?a=b", "/m/#/pages/quiz/index", "" })
	void anOwnPageIsSigned(String path) {
		sign(this.properties.publicBaseUrl() + path).expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/m/", "{scheme}://evil.example#{host}/",
			"{scheme}://{host}@evil.example/", "{scheme}://{host}.evil.example/", "{scheme}://user@{host}/",
			"{scheme}://{host}:8443/", "{scheme}:/{host}/", "{scheme}:{host}/", "//{host}/m/", "/m/", "ftp://{host}/",
			"javascript:alert('{host}')", "{scheme}://{host}\\@evil.example/", "{scheme}://evil.example\\{host}/",
			"{scheme}:// {host}/", "{scheme}://{host}%2eevil.example/", "{scheme}://evil.example/?{scheme}://{host}/",
			"", " " })
	void nobodyElsesPageIs(String url) {
		String filled = url.replace("{scheme}", this.properties.publicBaseUrl().getScheme())
			.replace("{host}", this.properties.publicBaseUrl().getRawAuthority());
		sign(filled).expectStatus().isEqualTo(422);
	}

	private WebTestClient.ResponseSpec sign(String url) {
		return this.client.get()
			.uri("/api/v1/jssdk/signature?url={url}", url)
			.headers(this.sessions.member(UUID.randomUUID(), UUID.randomUUID()))
			.exchange();
	}

}
