package cn.qingfeng.platform.security;

import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * What the short way answers is tested where the answers are: for papers and submissions
 * in {@code AttemptIT}.
 */
@QingfengIT
class ShortWaysIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Test
	void aSessionThatIsLookedUpWithoutEndIsAnsweredAfterTheDeadlineOfTheLongWay() {
		this.client.get()
			.uri("/api/v1/attempts/{id}/paper", UUID.randomUUID())
			.headers(this.sessions.neverFound())
			.exchange()
			.expectStatus()
			.isEqualTo(503);
	}

}
