package cn.qingfeng.staff.account;

import java.time.Duration;
import java.time.Instant;

import cn.qingfeng.platform.problem.InvalidRequestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PasswordPolicyTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private final PasswordPolicy modern = policy(false);

	private final PasswordPolicy mlps = policy(true);

	@ParameterizedTest
	@ValueSource(strings = { "short", "1234567890", "Password123!", "qwertyuiop", "woaini1314", "aaaabbbbcccc",
			"zhouming-2026-x", "my-周明-secret" })
	void aWeakPasswordIsRefused(String password) {
		assertThatExceptionOfType(InvalidRequestProblem.class)
			.isThrownBy(() -> this.modern.require(password, "zhouming", "周明"));
	}

	@Test
	void aLongOneOfOnlySmallLettersIsGoodUnlessTheRulesOfAssessorsApply() {
		assertThatCode(() -> this.modern.require("correct horse battery", "zhouming", "周明")).doesNotThrowAnyException();
		assertThatExceptionOfType(InvalidRequestProblem.class)
			.isThrownBy(() -> this.mlps.require("correct horse battery", "zhouming", "周明"));
		assertThatCode(() -> this.mlps.require("Correct horse battery", "zhouming", "周明")).doesNotThrowAnyException();
	}

	@Test
	void aPasswordGrowsOldOnlyUnderTheRulesOfAssessors() {
		Instant longAgo = NOW.minus(Duration.ofDays(91));
		assertThat(this.modern.isTooOld(longAgo, NOW)).isFalse();
		assertThat(this.mlps.isTooOld(longAgo, NOW)).isTrue();
		assertThat(this.mlps.isTooOld(NOW.minus(Duration.ofDays(89)), NOW)).isFalse();
	}

	private static PasswordPolicy policy(boolean mlps) {
		return new PasswordPolicy(new StaffProperties(Duration.ofHours(8), Duration.ofHours(12), mlps, null));
	}

}
