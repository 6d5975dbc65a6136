package cn.qingfeng.local.sandbox.message;

import java.util.List;

import cn.qingfeng.local.sandbox.message.Template.Kind;

/**
 * Templates with ids that stay the same, so that a local configuration can name them.
 */
public final class SampleTemplates {

	/** 廉洁提醒: 提醒事项 thing1, 提醒时间 time2, 温馨提示 thing3. */
	public static final String REMINDER = "QfReminderLetterTemplate0000000000000000001";

	/** 学习任务: 任务名称 thing1, 截止时间 time2, 备注 thing3. */
	public static final String STUDY = "QfStudyTaskTemplate000000000000000000000002";

	/** 志愿活动: 活动名称 thing1, 活动时间 time2, 活动地点 thing3. */
	public static final String VOLUNTEER = "QfVolunteerEventTemplate0000000000000000003";

	/** 服务时长: 活动名称 thing1, 服务时长 character_string2, 记录时间 time3. */
	public static final String SERVICE_RECORD = "QfServiceRecordTemplate00000000000000000004";

	/**
	 * Long-term subscription notice of the service account: 通知事项 thing1, 通知时间 time2, 备注
	 * thing3.
	 */
	public static final String NOTICE = "QfBizNoticeTemplate000000000000000000000005";

	/** One-time subscription notice of the service account: 学习内容 thing1, 截止时间 time2. */
	public static final String BIZ_STUDY = "QfBizStudyTemplate0000000000000000000000006";

	/** One-time subscription message of the mini-program: 测试名称 thing1, 截止时间 time2. */
	public static final String MINI_QUIZ = "QfMiniQuizTemplate0000000000000000000000007";

	/**
	 * One-time subscription message of the mini-program: 活动名称 thing1, 活动时间 time2, 活动地点
	 * thing3.
	 */
	public static final String MINI_EVENT = "QfMiniEventTemplate000000000000000000000008";

	/** Long-term subscription message of the mini-program: 提醒事项 thing1, 提醒时间 time2. */
	public static final String MINI_REMINDER = "QfMiniReminderTemplate000000000000000000009";

	private SampleTemplates() {
	}

	static List<Template> forService(String appid) {
		return List.of(
				new Template(appid, Kind.TEMPLATE, REMINDER, "廉洁提醒通知",
						"提醒事项:{{thing1.DATA}}\n提醒时间:{{time2.DATA}}\n温馨提示:{{thing3.DATA}}\n"),
				new Template(appid, Kind.TEMPLATE, STUDY, "学习任务通知",
						"任务名称:{{thing1.DATA}}\n截止时间:{{time2.DATA}}\n备注:{{thing3.DATA}}\n"),
				new Template(appid, Kind.TEMPLATE, VOLUNTEER, "志愿活动通知",
						"活动名称:{{thing1.DATA}}\n活动时间:{{time2.DATA}}\n活动地点:{{thing3.DATA}}\n"),
				new Template(appid, Kind.TEMPLATE, SERVICE_RECORD, "服务时长通知",
						"活动名称:{{thing1.DATA}}\n服务时长:{{character_string2.DATA}}\n记录时间:{{time3.DATA}}\n"),
				new Template(appid, Kind.LONG_TERM, NOTICE, "政务通知提醒",
						"通知事项:{{thing1.DATA}}\n通知时间:{{time2.DATA}}\n备注:{{thing3.DATA}}\n"),
				new Template(appid, Kind.ONE_TIME, BIZ_STUDY, "学习截止提醒", "学习内容:{{thing1.DATA}}\n截止时间:{{time2.DATA}}\n"));
	}

	static List<Template> forMini(String appid) {
		return List.of(
				new Template(appid, Kind.ONE_TIME, MINI_QUIZ, "测试截止提醒", "测试名称:{{thing1.DATA}}\n截止时间:{{time2.DATA}}\n"),
				new Template(appid, Kind.ONE_TIME, MINI_EVENT, "活动开始提醒",
						"活动名称:{{thing1.DATA}}\n活动时间:{{time2.DATA}}\n活动地点:{{thing3.DATA}}\n"),
				new Template(appid, Kind.LONG_TERM, MINI_REMINDER, "廉洁提醒",
						"提醒事项:{{thing1.DATA}}\n提醒时间:{{time2.DATA}}\n"));
	}

}
