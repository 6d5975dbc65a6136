package cn.qingfeng.local;

import java.net.InetSocketAddress;
import java.time.Duration;

import cn.qingfeng.platform.problem.NotFoundProblem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

class LoopbackOnlyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Test
	void thisMachineIsLetIn() {
		answerTo("127.0.0.1").as(StepVerifier::create).expectNextCount(1).expectComplete().verify(TIMEOUT);
		answerTo("::1").as(StepVerifier::create).expectNextCount(1).expectComplete().verify(TIMEOUT);
	}

	@Test
	void forAnotherMachineThereIsNothing() {
		answerTo("192.0.2.7").as(StepVerifier::create).expectError(NotFoundProblem.class).verify(TIMEOUT);
	}

	private static Mono<ServerResponse> answerTo(String address) {
		MockServerRequest request = MockServerRequest.builder()
			.remoteAddress(new InetSocketAddress(address, 50000))
			.build();
		return new LoopbackOnly().filter(request, (handled) -> ServerResponse.ok().build());
	}

}
