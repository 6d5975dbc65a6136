package cn.qingfeng.local.embedded;

import io.r2dbc.spi.ConnectionFactoryOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Starts PostgreSQL when no database is configured. Pools and Flyway depend on the
 * details below and these on the server, so it starts before them and stops after them.
 */
@AutoConfiguration(
		before = { R2dbcAutoConfiguration.class, DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class })
@Conditional(EmbeddedPostgresAutoConfiguration.OnNoDatabaseConfigured.class)
@EnableConfigurationProperties(EmbeddedProperties.class)
class EmbeddedPostgresAutoConfiguration {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresAutoConfiguration.class);

	@Bean
	EmbeddedPostgres embeddedPostgres(EmbeddedProperties properties) {
		EmbeddedPostgres postgres = EmbeddedPostgres.start(properties.data().resolve("postgres"),
				properties.postgres().port());
		log.warn("Embedded PostgreSQL for trials only: {}, user {}; loopback only, trust authentication, data in {}",
				postgres.jdbcUrl(postgres.database()), postgres.user(), properties.data().toAbsolutePath());
		return postgres;
	}

	@Bean
	R2dbcConnectionDetails embeddedR2dbcConnectionDetails(EmbeddedPostgres postgres) {
		ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(postgres.r2dbcUrl(postgres.database()))
			.mutate()
			.option(ConnectionFactoryOptions.USER, postgres.appUser())
			.option(ConnectionFactoryOptions.PASSWORD, postgres.password())
			.build();
		return () -> options;
	}

	@Bean
	JdbcDetails embeddedJdbcConnectionDetails(EmbeddedPostgres postgres) {
		return new JdbcDetails(postgres);
	}

	static class OnNoDatabaseConfigured extends OnNothingConfigured {

		OnNoDatabaseConfigured() {
			super("spring.r2dbc.url", "spring.flyway.url", "spring.datasource.url");
		}

	}

	/**
	 * Flyway's auto-configuration asks for both kinds.
	 */
	record JdbcDetails(EmbeddedPostgres postgres) implements JdbcConnectionDetails, FlywayConnectionDetails {

		@Override
		public String getUsername() {
			return this.postgres.user();
		}

		@Override
		public String getPassword() {
			return this.postgres.password();
		}

		@Override
		public String getJdbcUrl() {
			return this.postgres.jdbcUrl(this.postgres.database());
		}

		@Override
		public String getDriverClassName() {
			return "org.postgresql.Driver";
		}

	}

}
