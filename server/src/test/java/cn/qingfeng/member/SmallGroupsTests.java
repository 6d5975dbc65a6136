package cn.qingfeng.member;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SmallGroupsTests {

	@Test
	void fewerThanFiveAreNotShown() {
		assertThat(SmallGroups.shown(4)).isEmpty();
		assertThat(SmallGroups.shown(1)).isEmpty();
		assertThat(SmallGroups.shown(5)).contains(5L);
		assertThat(SmallGroups.shown(0)).contains(0L);
	}

	@Test
	void oneHiddenGroupCannotBeCalculatedFromTheSum() {
		Map<String, Long> sizes = new LinkedHashMap<>(Map.of("甲", 40L));
		sizes.put("乙", 3L);
		sizes.put("丙", 7L);
		assertThat(SmallGroups.shown(sizes)).containsEntry("甲", Optional.of(40L))
			.containsEntry("乙", Optional.empty())
			.containsEntry("丙", Optional.empty());
	}

	@Test
	void twoHiddenGroupsHideEachOther() {
		Map<String, Long> sizes = Map.of("甲", 40L, "乙", 3L, "丙", 2L);
		assertThat(SmallGroups.shown(sizes)).containsEntry("甲", Optional.of(40L));
	}

	@Test
	void hiddenGroupsThatAreFewTogetherHideAnotherOne() {
		Map<String, Long> sizes = Map.of("甲", 40L, "乙", 1L, "丙", 1L, "丁", 6L);
		assertThat(SmallGroups.shown(sizes)).containsEntry("甲", Optional.of(40L)).containsEntry("丁", Optional.empty());
	}

	@Test
	void manyPapersOfFewAreAFew() {
		assertThat(SmallGroups.shown(14, 3)).isEmpty();
		assertThat(SmallGroups.shown(15, 3)).contains(15L);
		assertThat(SmallGroups.shown(Map.of("甲", 40L, "乙", 9L, "丙", 0L), 2)).containsEntry("甲", Optional.empty())
			.containsEntry("丙", Optional.of(0L));
	}

}
