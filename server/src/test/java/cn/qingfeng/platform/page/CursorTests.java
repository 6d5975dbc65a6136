package cn.qingfeng.platform.page;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.platform.problem.InvalidRequestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CursorTests {

	@Test
	void aCursorCarriesItsKeys() {
		Instant at = Instant.parse("2026-05-01T01:02:03.456789Z");
		UUID id = UUID.randomUUID();

		Cursor cursor = Cursor.decode(Cursor.encode(at, id, "清风"), Instant.class, UUID.class, String.class)
			.orElseThrow();

		assertThat(cursor.get(0, Instant.class)).isEqualTo(at);
		assertThat(cursor.get(1, UUID.class)).isEqualTo(id);
		assertThat(cursor.get(2, String.class)).isEqualTo("清风");
	}

	@Test
	void theFirstPageHasNone() {
		assertThat(Cursor.decode(null, Long.class)).isEmpty();
		assertThat(Cursor.decode("", Long.class)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "!!!", "AAAA", "%00", "1", "MQ==x" })
	void aCursorThatWeDidNotMakeIsRefused(String text) {
		assertThatExceptionOfType(InvalidRequestProblem.class).isThrownBy(() -> Cursor.decode(text, UUID.class));
	}

	@Test
	void aCursorOfAnotherListIsRefused() {
		String other = Cursor.encode(1L, 2L);
		assertThatExceptionOfType(InvalidRequestProblem.class).isThrownBy(() -> Cursor.decode(other, Long.class));
	}

	@Test
	void theExtraRowOnlyTellsThatThereIsMore() {
		List<Integer> rows = IntStream.rangeClosed(1, 4).boxed().toList();

		assertThat(Page.of(rows, 3, (row) -> "after " + row)).isEqualTo(new Page<>(List.of(1, 2, 3), "after 3"));
		assertThat(Page.of(rows, 4, (row) -> "after " + row)).isEqualTo(new Page<>(rows, null));
	}

	@Test
	void theLimitHasBounds() {
		assertThat(Page.limit(null)).isEqualTo(20);
		assertThat(Page.limit(100)).isEqualTo(100);
		assertThatExceptionOfType(InvalidRequestProblem.class).isThrownBy(() -> Page.limit(0));
		assertThatExceptionOfType(InvalidRequestProblem.class).isThrownBy(() -> Page.limit(101));
	}

}
