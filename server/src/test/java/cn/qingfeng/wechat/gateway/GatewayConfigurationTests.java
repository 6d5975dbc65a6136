package cn.qingfeng.wechat.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GatewayConfigurationTests {

	private static final String TRUST = "javax.net.ssl.trustStore";

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private final GatewayConfiguration configuration = new GatewayConfiguration(this.logging);

	private final AtomicInteger reached = new AtomicInteger();

	@TempDir
	private Path folder;

	@AfterEach
	void nobodyIsTrustedAnyMore() {
		System.clearProperty(TRUST);
		System.clearProperty(TRUST + "Password");
	}

	@Test
	void aCertificateOfATrustedAuthorityForThisHostIsAccepted() throws Exception {
		assertThat(status(signed("-ext", "san=dns:localhost"))).isEqualTo(200);
		assertThat(this.reached).hasValue(1);
	}

	@Test
	void anExpiredCertificateIsRefused() throws Exception {
		isRefused(signed("-ext", "san=dns:localhost", "-startdate", "-10d", "-validity", "5"));
	}

	@Test
	void aCertificateForAnotherHostIsRefused() throws Exception {
		isRefused(signed("-ext", "san=dns:api.weixin.qq.com.evil.example"));
	}

	@Test
	void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
		signed("-ext", "san=dns:localhost");
		Path own = this.folder.resolve("own.p12");
		keytool(own, "server", "-ext", "san=dns:localhost");
		isRefused(KeyStore.getInstance(own.toFile(), PASSWORD));
	}

	@Test
	void aHostWithADeadAddressIsReachedByItsOtherOne() throws Exception {
		InetAddress dead = InetAddress.getByName("127.0.0.2");
		InetAddress alive = InetAddress.getByName("127.0.0.1");
		HttpServer server = HttpServer.create(new InetSocketAddress(alive, 0), 0);
		server.createContext("/", this::answer);
		server.start();
		int port = server.getAddress().getPort();
		DnsResolver both = new TwoAddresses(dead, alive);
		List<Socket> waiting = new ArrayList<>();
		try (ServerSocket silent = new ServerSocket(port, 1, dead);
				CloseableHttpClient client = GatewayConfiguration.client(1, Duration.ofSeconds(3), both)) {
			fill(silent, waiting);
			HttpGet get = new HttpGet("http://wechat.test:" + port + "/");
			assertThat(client.<Integer>execute(get, (answer) -> answer.getCode())).isEqualTo(200);
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
			server.stop(0);
		}
	}

	@Test
	void whatLogsAddressesWithTokensIsSilent() {
		assertThat(List.of("me.chanjar.weixin", "cn.binarywang.wx", "org.apache.hc.client5.http.wire",
				"org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.impl"))
			.allSatisfy((name) -> assertThat(this.logging.getLoggerConfiguration(name).getEffectiveLevel())
				.isEqualTo(LogLevel.OFF));
	}

	/** Connections that nobody takes, until the system takes no more. */
	private static void fill(ServerSocket silent, List<Socket> waiting) throws IOException {
		for (int i = 0; i < 8; i++) {
			Socket socket = new Socket();
			waiting.add(socket);
			try {
				socket.connect(silent.getLocalSocketAddress(), 100);
			}
			catch (IOException full) {
				return;
			}
		}
	}

	private void isRefused(KeyStore keys) {
		assertThatExceptionOfType(SSLException.class).isThrownBy(() -> status(keys));
		assertThat(this.reached).hasValue(0);
	}

	private int status(KeyStore keys) throws Exception {
		HttpsServer server = server(keys);
		try (CloseableHttpClient client = this.configuration.wechatHttp()) {
			HttpGet get = new HttpGet("https://localhost:" + server.getAddress().getPort() + "/");
			return client.execute(get, (answer) -> answer.getCode());
		}
		finally {
			server.stop(0);
		}
	}

	/** A certificate of an authority that this machine trusts from now on. */
	private KeyStore signed(String... options) throws Exception {
		Path store = this.folder.resolve("authority.p12");
		keytool(store, "authority", "-ext", "bc:c", "-startdate", "-20d");
		List<String> withSigner = new ArrayList<>(List.of("-signer", "authority"));
		withSigner.addAll(List.of(options));
		keytool(store, "server", withSigner.toArray(String[]::new));
		KeyStore all = KeyStore.getInstance(store.toFile(), PASSWORD);
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("authority", all.getCertificate("authority"));
		Path trust = this.folder.resolve("trust.p12");
		try (OutputStream file = Files.newOutputStream(trust)) {
			trusted.store(file, PASSWORD);
		}
		System.setProperty(TRUST, trust.toString());
		System.setProperty(TRUST + "Password", new String(PASSWORD));
		all.deleteEntry("authority");
		return all;
	}

	private static void keytool(Path store, String alias, String... options) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						alias, "-keyalg", "EC", "-dname", "CN=" + alias, "-storetype", "PKCS12", "-keystore",
						store.toString(), "-storepass", new String(PASSWORD)));
		command.addAll(List.of(options));
		Process keytool = new ProcessBuilder(command).start();
		if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
			throw new IOException(
					"no certificate: " + new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
	}

	private HttpsServer server(KeyStore store) throws Exception {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context));
		server.createContext("/", this::answer);
		server.start();
		return server;
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.reached.incrementAndGet();
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	private record TwoAddresses(InetAddress first, InetAddress second) implements DnsResolver {

		@Override
		public InetAddress[] resolve(String host) {
			return new InetAddress[] { this.first, this.second };
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
