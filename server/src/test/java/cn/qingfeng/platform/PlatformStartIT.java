package cn.qingfeng.platform;

import cn.qingfeng.QingfengIT;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class PlatformStartIT {

	@Autowired
	private WebTestClient client;

	@Test
	void theServerIsAliveAndReady() {
		for (String group : new String[] { "liveness", "readiness" }) {
			this.client.get()
				.uri("/actuator/health/" + group)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.status")
				.isEqualTo("UP");
		}
	}

	@Test
	void theContractIsServed() {
		this.client.get().uri("/openapi/member.yaml").exchange().expectStatus().isOk();
		this.client.get().uri("/openapi/admin.yaml").exchange().expectStatus().isOk();
	}

	@Test
	void theMetricsSpeakOfPoolOutboxAndRedis() {
		this.client.mutate()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
			.build()
			.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((metrics) -> assertThat(metrics).contains("r2dbc_pool_acquired", "qingfeng_outbox_pending",
					"qingfeng_redis_up", "qingfeng_batch_size", "http_server_requests"));
	}

	@Test
	void jsonIsReadStrictly() {
		post("{\"name\":\"清风\"}").expectStatus().isOk().expectBody().json("{\"name\":\"清风\"}");
		post("{\"name\":\"清风\",\"more\":1}").expectStatus().isEqualTo(422);
		post("{\"name\":\"\"}").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("name")
			.jsonPath("$.errors[0].message")
			.isEqualTo("不能为空");
		post("{\"name\":").expectStatus().isBadRequest();
		post("{\"name\":\"a\"} {}").expectStatus().is4xxClientError();
		post("[".repeat(10_000)).expectStatus().is4xxClientError();
		post("{\"name\":\"" + "x".repeat(1 << 20) + "\"}").expectStatus().isEqualTo(413);
	}

	private WebTestClient.ResponseSpec post(String body) {
		return this.client.post().uri("/a/probe").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

}
