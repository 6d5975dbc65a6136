package cn.qingfeng.quiz.bank;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import cn.qingfeng.QingfengIT;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Figures compare texts in the database, scoring does here.
 */
@QingfengIT
class PlainTextIT {

	private static final int LAST = 0xFFFD;

	/** Java lowers these by what stands beside them: the Turkish İ and Greek sigmas. */
	private static final Set<Integer> LOWERED_BY_CONTEXT = Set.of(0x130, 0x3A3, 0x3F9);

	@Autowired
	private DatabaseClient database;

	@Test
	void theDatabaseTakesTextsForEqualThatScoringTakesForEqual() {
		List<String> texts = IntStream.rangeClosed(1, LAST)
			.filter(Character::isDefined)
			.filter((c) -> !Character.isSurrogate((char) c) && !LOWERED_BY_CONTEXT.contains(c))
			.mapToObj((c) -> "Ａ" + (char) c + "中")
			.toList();
		List<String> plain = this.database.sql("""
				SELECT quiz_plain(t.text) AS plain
				FROM unnest(:texts) WITH ORDINALITY AS t (text, place)
				ORDER BY t.place
				""")
			.bind("texts", texts.toArray(String[]::new))
			.mapValue(String.class)
			.all()
			.collectList()
			.block(Duration.ofSeconds(30));
		assertThat(IntStream.range(0, texts.size())
			.filter((at) -> !plain.get(at).equals(Written.plain(texts.get(at))))
			.mapToObj((at) -> "U+%04X".formatted((int) texts.get(at).charAt(1)))).isEmpty();
	}

	@Test
	void theDatabaseFindsAWayOfWritingInItsBlank() {
		assertThat(accepts(1, "1921")).isTrue();
		assertThat(accepts(1, "一九二一")).isTrue();
		assertThat(accepts(2, "1921")).isFalse();
		assertThat(accepts(3, "1921")).isFalse();
		assertThat(accepts(2, "abc")).isTrue();
	}

	private boolean accepts(int blank, String plain) {
		return Boolean.TRUE.equals(this.database.sql("""
				SELECT quiz_accepts('[{"accepted":["1921","一九 二一"],"weight":1},{"accepted":["ＡbC"],"weight":2}]',
				                    :blank, :plain)
				""")
			.bind("blank", blank)
			.bind("plain", plain)
			.mapValue(Boolean.class)
			.one()
			.block(Duration.ofSeconds(30)));
	}

}
