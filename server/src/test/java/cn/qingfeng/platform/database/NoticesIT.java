package cn.qingfeng.platform.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import cn.qingfeng.TestServers;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listens to PostgreSQL over a line that can be broken.
 */
class NoticesIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final DatabaseConfiguration configuration = new DatabaseConfiguration();

	private final DatabaseProperties properties = new DatabaseProperties(4, 1, Duration.ofSeconds(3),
			Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(10));

	private final BackgroundLoops background = new BackgroundLoops();

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private FaultyProxy proxy;

	private LoopResources loops;

	private Notices notices;

	@BeforeEach
	void listen() throws IOException {
		this.proxy = new FaultyProxy(TestServers.postgres().port());
		this.loops = this.configuration.databaseLoops(this.properties);
		ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.DRIVER, "postgresql")
			.option(ConnectionFactoryOptions.HOST, "127.0.0.1")
			.option(ConnectionFactoryOptions.PORT, this.proxy.port())
			.option(ConnectionFactoryOptions.DATABASE, TestServers.postgres().database())
			.option(ConnectionFactoryOptions.USER, TestServers.postgres().user())
			.option(ConnectionFactoryOptions.PASSWORD, TestServers.postgres().password())
			.build();
		this.notices = this.configuration.notices(() -> options, this.properties, this.loops, this.background);
		this.notices.follow("notices_it", new Listener());
		this.background.start();
		await(this.notices::areComplete);
		assertThat(this.heard.poll()).isEqualTo("missed");
	}

	@AfterEach
	void hangUp() throws IOException {
		this.background.stop();
		this.notices.close();
		this.proxy.close();
		this.loops.disposeLater().block(TIMEOUT);
	}

	@Test
	void whatATransactionToldIsHeardAtItsCommitAndOnlyThen() throws Exception {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("NOTIFY notices_it, 'undone'");
			connection.rollback();
			statement.execute("NOTIFY notices_it, 'done'");
			connection.commit();
		}

		assertThat(this.heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done");
	}

	@Test
	void aLineThatSaysNothingMoreIsNotTrustedAndIsReplaced() throws Exception {
		this.proxy.halfOpen();

		await(() -> !this.notices.areComplete());
		await(this.notices::areComplete);
		assertThat(this.heard.poll()).isEqualTo("missed");
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("NOTIFY notices_it, 'again'");
		}
		assertThat(this.heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("again");
	}

	private static void await(BooleanSupplier condition) {
		Mono.fromSupplier(condition::getAsBoolean)
			.filter((met) -> met)
			.repeatWhenEmpty((again) -> again.delayElements(Duration.ofMillis(10)))
			.block(TIMEOUT);
	}

	private static Connection connect() throws SQLException {
		return DriverManager.getConnection(
				"jdbc:postgresql://127.0.0.1:%d/%s".formatted(TestServers.postgres().port(),
						TestServers.postgres().database()),
				TestServers.postgres().user(), TestServers.postgres().password());
	}

	private final class Listener implements Notices.Listener {

		@Override
		public void heard(String payload) {
			NoticesIT.this.heard.add(payload);
		}

		@Override
		public void missed() {
			NoticesIT.this.heard.add("missed");
		}

	}

}
