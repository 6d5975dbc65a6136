package cn.qingfeng;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import org.flywaydb.core.Flyway;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One PostgreSQL and one Redis for the JVM; for each context a database copied from a
 * template that was migrated once.
 */
public final class TestServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Path FOLDER = Path.of("target", "test-servers");

	private static final String TEMPLATE = "qingfeng_template";

	private static final AtomicInteger DATABASES = new AtomicInteger();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String database = newDatabase();
		TestPropertyValues
			.of("spring.r2dbc.url=" + postgres().r2dbcUrl(database), "spring.r2dbc.username=" + postgres().appUser(),
					"spring.r2dbc.password=" + postgres().password(),
					"spring.flyway.url=" + postgres().jdbcUrl(database), "spring.flyway.user=" + postgres().user(),
					"spring.flyway.password=" + postgres().password(), "spring.data.redis.host=" + redis().host(),
					"spring.data.redis.port=" + redis().port())
			.applyTo(context);
	}

	public static EmbeddedPostgres postgres() {
		return Servers.POSTGRES;
	}

	public static EmbeddedRedis redis() {
		return Servers.REDIS;
	}

	/** A database with the migrations and no rows. */
	public static String newDatabase() {
		String name = "qingfeng_test_" + DATABASES.incrementAndGet();
		postgres().dropDatabase(name);
		postgres().createDatabase(name, TEMPLATE);
		return name;
	}

	private static final class Servers {

		private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(FOLDER.resolve("postgres"), 0);

		private static final EmbeddedRedis REDIS = EmbeddedRedis.start(FOLDER.resolve("redis"), 0);

		static {
			POSTGRES.dropDatabase(TEMPLATE);
			POSTGRES.createDatabase(TEMPLATE, "template1");
			Flyway.configure()
				.dataSource(POSTGRES.jdbcUrl(TEMPLATE), POSTGRES.user(), POSTGRES.password())
				.load()
				.migrate();
		}

	}

}
