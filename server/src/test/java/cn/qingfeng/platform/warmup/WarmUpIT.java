package cn.qingfeng.platform.warmup;

import java.time.Duration;
import java.util.Objects;

import cn.qingfeng.QingfengIT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
@ExtendWith(OutputCaptureExtension.class)
class WarmUpIT {

	@Autowired
	private ObjectProvider<WarmUp> exercises;

	@Autowired
	private WarmUpSession session;

	@Autowired
	private ServerProperties server;

	@Autowired
	private Environment environment;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private WebTestClient client;

	@Test
	void everyExerciseWorksAndChangesNothing(CapturedOutput output) {
		String before = rows();

		runner(Duration.ofMillis(200)).run(new DefaultApplicationArguments());

		assertThat(output).containsPattern("warmed up: [1-9]\\d* rounds done, 0 failed");
		assertThat(rows()).isEqualTo(before);
	}

	@Test
	void theSecretOpensNothingAfterwards() {
		String secret = this.session.open();
		assertThat(status(secret)).isEqualTo(200);
		this.session.close();
		assertThat(status(secret)).isEqualTo(401);
		String last = this.session.open();
		runner(Duration.ofMillis(1)).run(new DefaultApplicationArguments());
		assertThat(status(last)).isEqualTo(401);
	}

	private int status(String secret) {
		return this.client.get()
			.uri("/api/v1/quizzes")
			.headers((headers) -> headers.setBearerAuth(secret))
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.value();
	}

	private WarmUpRunner runner(Duration time) {
		return new WarmUpRunner(this.exercises, new WarmUpProperties(time), this.session, this.server,
				this.environment);
	}

	/** Of everything that the exercises touch. */
	private String rows() {
		return Objects.requireNonNull(this.database.sql("""
				SELECT concat_ws(' ', (SELECT count(*) FROM quiz_attempts), (SELECT count(*) FROM quiz_answers),
				                 (SELECT sum(attempts) FROM quiz_turnout), (SELECT count(*) FROM member_session))
				""").mapValue(String.class).one().block(Duration.ofSeconds(30)));
	}

}
