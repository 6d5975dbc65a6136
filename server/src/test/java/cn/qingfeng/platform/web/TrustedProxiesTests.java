package cn.qingfeng.platform.web;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class TrustedProxiesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			203.0.113.7                          | 203.0.113.7
			198.51.100.9, 203.0.113.7            | 203.0.113.7
			198.51.100.9, 203.0.113.7, 127.0.0.9 | 203.0.113.7
			203.0.113.7, 10.1.2.3, 127.0.0.9     | 10.1.2.3
			2001:db8::7                          | 2001:db8:0:0:0:0:0:7
			203.0.113.7, unknown                 | 127.0.0.1
			example.com                          | 127.0.0.1
			127.0.0.9                            | 127.0.0.1
			''                                   | 127.0.0.1
			""")
	void theClientIsTheRightmostAddressThatIsNoProxyOfOurs(String forwarded, String client) {
		assertThat(seen(List.of("127.0.0.0/8"), forwarded, "http")).isEqualTo(client + " http");
	}

	@Test
	void aProxyAlsoTellsWhetherTheClientCameEncrypted() {
		assertThat(seen(List.of("127.0.0.1"), "203.0.113.7", "https")).isEqualTo("203.0.113.7 https");
	}

	@Test
	void nobodyElseIsBelieved() {
		assertThat(seen(List.of("10.0.0.0/8"), "203.0.113.7", "https")).isEqualTo("127.0.0.1 http");
	}

	@Test
	void whatIsNoNetworkIsRefusedAtTheStart() {
		assertThatException().isThrownBy(() -> proxies(List.of("the-proxy")));
	}

	private static TrustedProxies proxies(List<String> networks) {
		return new TrustedProxies(new ProxyProperties(networks));
	}

	/** What a server takes for the client's address and scheme. */
	private static String seen(List<String> networks, String forwarded, String proto) {
		HttpServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response
				.sendString(Mono.just(Objects.requireNonNull(request.remoteAddress()).getAddress().getHostAddress()
						+ " " + request.scheme())));
		DisposableServer bound = proxies(networks).believe(server).bindNow();
		try {
			return Objects.requireNonNull(HttpClient.create()
				.headers((headers) -> headers.add("X-Forwarded-For", forwarded).add("X-Forwarded-Proto", proto))
				.get()
				.uri("http://127.0.0.1:" + bound.port() + "/")
				.responseSingle((response, body) -> body.asString())
				.block(TIMEOUT));
		}
		finally {
			bound.disposeNow();
		}
	}

}
