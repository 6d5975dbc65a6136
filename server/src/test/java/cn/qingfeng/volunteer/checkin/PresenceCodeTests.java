package cn.qingfeng.volunteer.checkin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceCodeTests {

	private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] OTHER = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);

	private static final Instant NOW = Instant.parse("2026-11-22T03:00:07Z");

	@Test
	void aCodeHasSixDigitsAndItsStep() {
		PresenceCode code = PresenceCode.at(SECRET, NOW);
		assertThat(code.code()).matches("\\d{6}");
		assertThat(code.validFrom()).isEqualTo(Instant.parse("2026-11-22T03:00:00Z"));
		assertThat(code.validTo()).isEqualTo(Instant.parse("2026-11-22T03:00:15Z"));
	}

	@Test
	void itCountsWhileItIsShownAndOneStepLonger() {
		String code = PresenceCode.at(SECRET, NOW).code();
		assertThat(PresenceCode.isShown(SECRET, code, Instant.parse("2026-11-22T03:00:00Z"))).isTrue();
		assertThat(PresenceCode.isShown(SECRET, code, Instant.parse("2026-11-22T03:00:29.999Z"))).isTrue();
		assertThat(PresenceCode.isShown(SECRET, code, Instant.parse("2026-11-22T03:00:30Z"))).isFalse();
		assertThat(PresenceCode.isShown(SECRET, code, Instant.parse("2026-11-22T02:59:59.999Z"))).isFalse();
	}

	@Test
	void eachEventHasItsOwn() {
		assertThat(PresenceCode.isShown(OTHER, PresenceCode.at(SECRET, NOW).code(), NOW)).isFalse();
	}

	@Test
	void codesDoNotRepeatSoon() {
		Set<String> codes = new HashSet<>();
		for (int step = 0; step < 100; step++) {
			codes.add(PresenceCode.at(SECRET, NOW.plus(PresenceCode.STEP.multipliedBy(step))).code());
		}
		assertThat(codes).hasSizeGreaterThan(97);
	}

	@Test
	void anUploadedCodeTellsWhenItWasShown() {
		String code = PresenceCode.at(SECRET, NOW).code();
		assertThat(PresenceCode.shownAround(SECRET, code, NOW.plus(Duration.ofSeconds(100))))
			.contains(Instant.parse("2026-11-22T03:00:00Z"));
		assertThat(PresenceCode.shownAround(SECRET, code, NOW.minus(Duration.ofSeconds(100))))
			.contains(Instant.parse("2026-11-22T03:00:00Z"));
		assertThat(PresenceCode.shownAround(SECRET, code, NOW.plus(Duration.ofMinutes(3)))).isEmpty();
		assertThat(PresenceCode.shownAround(OTHER, code, NOW)).isEmpty();
	}

	@Test
	void whatIsNoCodeIsNone() {
		assertThat(PresenceCode.isShown(SECRET, "", NOW)).isFalse();
		assertThat(PresenceCode.isShown(SECRET, "一二三四五六", NOW)).isFalse();
	}

}
