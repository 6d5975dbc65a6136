package cn.qingfeng.staff.account;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TotpTests {

	private final Totp totp = new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

	@Test
	void codesAreThoseOfTheStandard() {
		assertThat(this.totp.code(59 / 30)).isEqualTo("287082");
		assertThat(this.totp.code(1_111_111_109L / 30)).isEqualTo("081804");
		assertThat(this.totp.code(1_234_567_890L / 30)).isEqualTo("005924");
		assertThat(this.totp.code(20_000_000_000L / 30)).isEqualTo("353130");
	}

	@Test
	void aCodeIsGoodForItsStepAndTheOnesBesideIt() {
		Instant now = Instant.ofEpochSecond(1_234_567_890L);
		assertThat(this.totp.match("005924", now)).hasValue(1_234_567_890L / 30);
		assertThat(this.totp.match("005924", now.plusSeconds(30))).isPresent();
		assertThat(this.totp.match("005924", now.minusSeconds(30))).isPresent();
		assertThat(this.totp.match("005924", now.plusSeconds(60))).isEmpty();
		assertThat(this.totp.match("5924", now)).isEmpty();
	}

	@Test
	void theSecretIsTypedInBase32() {
		assertThat(this.totp.base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
		assertThat(this.totp.uri("zhou"))
			.startsWith("otpauth://totp/%E6%B8%85%E9%A3%8E%3Azhou?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=");
	}

}
