package cn.qingfeng.wechat.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GatewayConfigurationTests {

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private final GatewayConfiguration configuration = new GatewayConfiguration(this.logging);

	@Test
	void aCertificateThatNobodyVouchesForIsRefused(@TempDir Path folder) throws Exception {
		HttpsServer server = server(folder.resolve("self-signed.p12"));
		try (CloseableHttpClient client = this.configuration.wechatHttp()) {
			HttpGet get = new HttpGet("https://localhost:" + server.getAddress().getPort() + "/");
			assertThatExceptionOfType(SSLException.class)
				.isThrownBy(() -> client.execute(get, (answer) -> answer.getCode()));
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void whatLogsAddressesWithTokensIsSilent() {
		assertThat(this.logging.getLoggerConfiguration("me.chanjar.weixin").getEffectiveLevel())
			.isEqualTo(LogLevel.OFF);
		assertThat(this.logging.getLoggerConfiguration("cn.binarywang.wx").getEffectiveLevel()).isEqualTo(LogLevel.OFF);
		assertThat(this.logging.getLoggerConfiguration("org.apache.hc.client5.http.wire").getEffectiveLevel())
			.isEqualTo(LogLevel.OFF);
	}

	private static HttpsServer server(Path store) throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit")
			.start();
		if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
			throw new IOException("no certificate");
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context));
		server.start();
		return server;
	}

}
