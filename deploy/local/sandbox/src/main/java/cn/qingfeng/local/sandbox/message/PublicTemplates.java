package cn.qingfeng.local.sandbox.message;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import cn.qingfeng.local.sandbox.message.Template.Kind;

/**
 * The public library from which an account in the category 政务民生 chooses templates.
 */
final class PublicTemplates {

	static final int CATEGORY = 612;

	static final String CATEGORY_NAME = "政务服务平台";

	private static final List<Title> TITLES = List.of(
			title(1001, Kind.ONE_TIME, "学习任务提醒", "任务名称/thing", "截止时间/time", "备注/thing", "完成进度/character_string"),
			title(1002, Kind.ONE_TIME, "活动开始提醒", "活动名称/thing", "开始时间/time", "活动地点/thing", "报名人数/number"),
			title(1003, Kind.ONE_TIME, "测试结果通知", "测试名称/thing", "得分/number", "交卷时间/time"),
			title(2001, Kind.LONG_TERM, "政务通知提醒", "通知事项/thing", "通知时间/time", "备注/thing"),
			title(2002, Kind.LONG_TERM, "节日廉洁提醒", "提醒事项/thing", "提醒日期/date", "提醒单位/thing"));

	private PublicTemplates() {
	}

	private static Title title(int tid, Kind kind, String name, String... keywords) {
		return new Title(tid, kind, name, IntStream.range(0, keywords.length).mapToObj((index) -> {
			String[] parts = keywords[index].split("/");
			return new Keyword(index + 1, parts[0], parts[1]);
		}).toList());
	}

	static List<Title> all() {
		return TITLES;
	}

	static Optional<Title> find(long tid) {
		return TITLES.stream().filter((title) -> title.tid() == tid).findFirst();
	}

	/** A template with all its keywords, before an account chose among them. */
	record Title(int tid, Kind kind, String name, List<Keyword> keywords) {

		Optional<Keyword> keyword(long kid) {
			return this.keywords.stream().filter((keyword) -> keyword.kid() == kid).findFirst();
		}

		Optional<Keyword> keyword(String wanted) {
			return this.keywords.stream().filter((keyword) -> keyword.name().equals(wanted)).findFirst();
		}

	}

	/** One line of a template, and the rule of its value. */
	record Keyword(int kid, String name, String rule) {

		String line() {
			return this.name + ":{{" + this.rule + this.kid + ".DATA}}\n";
		}

	}

}
