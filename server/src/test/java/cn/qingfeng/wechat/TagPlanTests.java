package cn.qingfeng.wechat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TagPlanTests {

	private static final List<WechatTag> SYSTEM = List.of(new WechatTag(0, "黑名单", 0), new WechatTag(1, "屏蔽组", 0),
			new WechatTag(2, "星标组", 0));

	@Test
	void eightyTwoUnitsFitBesideWechatsOwn() {
		assertThat(TagPlan.of(SYSTEM, names(82))).isEqualTo(new TagPlan.Fits(List.of(), names(82), 15));
	}

	@Test
	void ninetySevenFitAndTheHundredAndFirstTagIsRefused() {
		assertThat(TagPlan.of(SYSTEM, names(97))).isEqualTo(new TagPlan.Fits(List.of(), names(97), 0));
		assertThat(TagPlan.of(SYSTEM, names(98))).isInstanceOfSatisfying(TagPlan.TooMany.class, (plan) -> {
			assertThat(plan.missing()).hasSize(97);
			assertThat(plan.refused()).containsExactly(new TagPlan.Refusal("单位98", TagPlan.Reason.NO_ROOM));
		});
	}

	@Test
	void tagsThatNobodyWantsAreNamedWhenThereIsNoRoom() {
		List<WechatTag> present = new ArrayList<>(SYSTEM);
		present.add(new WechatTag(100, "去年活动", 12));
		present.add(new WechatTag(101, "单位1", 40));
		assertThat(TagPlan.of(present, names(97))).isInstanceOfSatisfying(TagPlan.TooMany.class, (plan) -> {
			assertThat(plan.kept()).extracting(WechatTag::name).containsExactly("单位1");
			assertThat(plan.refused()).containsExactly(new TagPlan.Refusal("单位97", TagPlan.Reason.NO_ROOM));
			assertThat(plan.unused()).extracting(WechatTag::name).containsExactly("去年活动");
		});
	}

	@Test
	void theSameNameTakesOneTag() {
		assertThat(TagPlan.of(SYSTEM, List.of("纪委", "纪委"))).isEqualTo(new TagPlan.Fits(List.of(), List.of("纪委"), 96));
	}

	@Test
	void wechatsOwnNamesAndNamesThatDoNotFitAreRefused() {
		assertThat(TagPlan.of(SYSTEM, List.of("星标组", "长".repeat(31), " "))).isInstanceOfSatisfying(
				TagPlan.TooMany.class,
				(plan) -> assertThat(plan.refused()).extracting(TagPlan.Refusal::reason)
					.containsExactly(TagPlan.Reason.BELONGS_TO_WECHAT, TagPlan.Reason.NAME_LENGTH,
							TagPlan.Reason.NAME_LENGTH));
	}

	private static List<String> names(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> "单位" + i).toList();
	}

}
