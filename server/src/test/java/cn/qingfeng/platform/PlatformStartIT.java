package cn.qingfeng.platform;

import cn.qingfeng.QingfengIT;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

@QingfengIT
class PlatformStartIT {

	@Autowired
	private WebTestClient client;

	@Test
	void theServerIsReady() {
		this.client.get()
			.uri("/actuator/health/readiness")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
	}

	@Test
	void theContractIsServed() {
		this.client.get().uri("/openapi/member.yaml").exchange().expectStatus().isOk();
		this.client.get().uri("/openapi/admin.yaml").exchange().expectStatus().isOk();
	}

}
