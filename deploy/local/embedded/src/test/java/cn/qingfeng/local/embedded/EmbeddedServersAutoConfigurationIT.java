package cn.qingfeng.local.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.r2dbc.spi.ConnectionFactoryOptions;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedServersAutoConfigurationIT {

	@TempDir
	Path folder;

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withPropertyValues("qingfeng.local.data=" + this.folder)
			.withConfiguration(AutoConfigurations.of(EmbeddedPostgresAutoConfiguration.class,
					EmbeddedRedisAutoConfiguration.class));
	}

	@Test
	void withNothingConfiguredBothServersStartAndFlywayMigrates() {
		runner()
			.withConfiguration(AutoConfigurations.of(R2dbcAutoConfiguration.class, DataSourceAutoConfiguration.class,
					FlywayAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("dataSource");
				EmbeddedPostgres postgres = context.getBean(EmbeddedPostgres.class);
				assertThat(context.getBean(Flyway.class).info().all()).isEmpty();
				assertThat(context.getBean(R2dbcConnectionDetails.class)
					.getConnectionFactoryOptions()
					.getValue(ConnectionFactoryOptions.PORT)).isEqualTo(postgres.port());
				assertThat(context.getBean(R2dbcConnectionDetails.class)
					.getConnectionFactoryOptions()
					.getValue(ConnectionFactoryOptions.USER)).isEqualTo(postgres.appUser());
				assertThat(context.getBean(DataRedisConnectionDetails.class).getStandalone().getPort())
					.isEqualTo(context.getBean(EmbeddedRedis.class).port());
			});
	}

	@Test
	void aConfiguredDatabaseKeepsOnlyPostgresOff() {
		runner().withPropertyValues("spring.r2dbc.url=r2dbc:postgresql://db/qingfeng")
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedPostgres.class)
				.doesNotHaveBean(R2dbcConnectionDetails.class)
				.hasSingleBean(EmbeddedRedis.class));
	}

	@Test
	void aConfiguredRedisKeepsOnlyRedisOff() {
		runner().withPropertyValues("spring.data.redis.host=redis")
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedRedis.class)
				.doesNotHaveBean(DataRedisConnectionDetails.class)
				.hasSingleBean(EmbeddedPostgres.class));
	}

	@Test
	void theServersEndWithTheContext() {
		List<Long> pids = new ArrayList<>();
		runner().run((context) -> {
			pids.add(context.getBean(EmbeddedPostgres.class).pid());
			pids.add(context.getBean(EmbeddedRedis.class).pid());
		});
		assertThat(pids).hasSize(2).allMatch((pid) -> ProcessHandle.of(pid).isEmpty());
	}

}
