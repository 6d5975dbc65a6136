package cn.qingfeng.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import cn.qingfeng.platform.time.BusinessTime;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A member's whole way through the phone page, in a real browser: log in with WeChat,
 * bind, read, answer with an interruption, by choice and in writing, sign up, check in
 * and out. Pictures of every screen lie in {@code target/screenshots}.
 */
class PhoneTourIT {

	private static final int QUESTIONS = 20;

	@TempDir
	Path folder;

	@Test
	void aMemberReadsAnswersAndChecksInOnThePhone() throws IOException, InterruptedException {
		try (LocalProcess server = LocalProcess.start(this.folder);
				PhoneBrowser browser = PhoneBrowser.start();
				Phone phone = browser.phone(URI.create(server.url()))) {
			Api api = Api.of(server);
			api.publishIssue(YearMonth.now(Clock.system(BusinessTime.ZONE)).toString());
			logIn(phone);
			read(phone);
			answer(phone);
			practise(phone);
			correct(phone, api);
			write(phone, api);
			serve(phone, api);
			lookBack(phone, api);
			assertThat(phone.troubles()).isEmpty();
		}
	}

	private static void logIn(Phone phone) {
		phone.open("/pages/login/index?to=%2Fpages%2Flearn%2Findex").see("微信登录").screenshot("1-login");
		phone.tap("我已阅读并同意").tap("微信登录");
		phone.page().locator("#search").fill("13000000003");
		phone.page().locator("#people li").first().click();
		phone.see("绑定身份").type("姓名", "胡秋林").screenshot("2-binding");
		phone.tap("用本机号码验证").see("本期专刊").screenshot("3-learn");
	}

	private static void read(Phone phone) {
		phone.page().locator(".issue .entry").first().tap();
		phone.see("来源").screenshot("4-article");
		assertThat(phone.overflow()).isZero();
	}

	private static void answer(Phone phone) {
		phone.open("/pages/quiz/index").see("开始答题").tap("查看本期封存码").see("本期封存码：").screenshot("5-quiz");
		phone.tap("开始答题").see("第 1 / 20 题").screenshot("6-question");
		for (int number = 1; number <= QUESTIONS; number++) {
			if (number == 5) {
				phone.page().reload();
				phone.see("已保存");
				goTo(phone, number);
			}
			choose(phone, number);
			phone.tap((number < QUESTIONS) ? "下一题" : "去交卷");
		}
		phone.see("已保存").screenshot("7-review");
		assertThat(phone.page().getByText("题没有答").count()).as("every answer was kept").isZero();
		phone.page()
			.locator(".button", new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*交卷\\s*$")))
			.last()
			.tap();
		phone.page().locator(".uni-modal__btn_primary").tap();
		phone.see("逐题解析").see("共 20 题").see("在微信里关注我们的公众号").screenshot("8-result");
		assertThat(phone.page().locator(".why").count()).isEqualTo(QUESTIONS);
		assertThat(phone.page().getByText("未答").count()).as("every answer was counted").isZero();
	}

	private static void practise(Phone phone) {
		phone.tap("去错题本练一练").see("您的选择").screenshot("9-mistakes");
		phone.tap("练一练").see("还有");
		phone.page().locator(".option").first().tap();
		phone.tap("看答案").see("出处").screenshot("10-practice");
		assertThat(phone.overflow()).isZero();
	}

	/** A quiz whose answers are written. */
	private static void write(Phone phone, Api api) throws IOException, InterruptedException {
		publishWrittenQuiz(api);
		phone.open("/pages/quiz/index").see("写一写").tap("开始答题").see("第 1 / 2 题");
		fill(phone);
		phone.tap("下一题").see("第 2 / 2 题");
		fill(phone);
		phone.see("已保存").tap("去交卷").see("2 题全部答完");
		phone.page().reload();
		phone.see("已保存").see("第 2 / 2 题").tap("去交卷").see("2 题全部答完");
		phone.page()
			.locator(".button", new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*交卷\\s*$")))
			.last()
			.tap();
		phone.page().locator(".uni-modal__btn_primary").tap();
		phone.see("逐题解析").see("1921 / 一九二一").see("得 75%").screenshot("10c-written-result");
		assertThat(phone.overflow()).isZero();
		phone.open("/pages/mistakes/index").see("谈谈民主集中制").see("先讲民主").see("第十条").screenshot("10d-written-mistake");
		assertThat(phone.overflow()).isZero();
		practiseWriting(phone.tap("练一练").see("还有"));
	}

	/** Mistakes of older quizzes are drawn before it. */
	private static void practiseWriting(Phone phone) {
		Locator essay = phone.page().locator(".essay textarea");
		while (essay.count() == 0) {
			phone.page().locator(".option").first().tap();
			phone.tap("看答案").see("出处");
			boolean last = phone.text("完成").count() > 0;
			(last ? phone.tap("完成").tap("再练一组") : phone.tap("下一题")).see("看答案");
		}
		essay.fill("民主与集中，缺一不可。");
		phone.tap("看答案").see("答对了，再对一次就算掌握").see("第十条").screenshot("10e-written-practice");
		assertThat(phone.overflow()).isZero();
	}

	private static void fill(Phone phone) {
		if (phone.text("填空题").count() > 0) {
			phone.type("第 1 空", "１９２１").type("第 2 空", " 民主 集中制").see("已保存").screenshot("10a-blanks");
		}
		else {
			phone.page().locator(".essay textarea").fill("先讲民主，\n再讲别的。");
			phone.see("已保存").screenshot("10b-essay");
		}
		assertThat(phone.overflow()).isZero();
	}

	private static void publishWrittenQuiz(Api api) throws IOException, InterruptedException {
		String author = api.staff("quizzer");
		String bank = api.post(author, "/api/admin/v1/question-banks", Map.of("title", "写一写", "document", "中国共产党章程"))
			.get("id")
			.asString();
		String questions = "/api/admin/v1/question-banks/" + bank + "/questions";
		api.post(author, questions,
				written("FILL_IN", "中国共产党成立于____年，它的根本组织原则是____。", List.of(part(1, "1921", "一九二一"), part(1, "民主集中制"))));
		api.post(author, questions, written("SHORT", "谈谈民主集中制。", List.of(part(3, "民主"), part(1, "集中"))));
		OffsetDateTime now = OffsetDateTime.now(Clock.system(BusinessTime.ZONE));
		JsonNode quiz = api.post(author, "/api/admin/v1/quizzes",
				Map.of("title", "写一写", "opensAt", now.minusHours(1).toString(), "closesAt", now.plusDays(1).toString(),
						"timeLimitMinutes", 30, "attempts", 1, "passMark", 60, "reviewPolicy", "AFTER_SUBMISSION",
						"rules", List.of(Map.of("bankId", bank, "count", 2))));
		api.post(api.staff("publisher"), "/api/admin/v1/quizzes/" + quiz.get("id").asString() + "/publication", null);
	}

	private static Map<String, Object> written(String kind, String stem, List<Map<String, Object>> parts) {
		return Map.of("kind", kind, "stem", stem, "parts", parts, "explanation", "党章总纲写明。", "document", "中国共产党章程",
				"clause", "第十条", "difficulty", 1);
	}

	private static Map<String, Object> part(int weight, String... accepted) {
		return Map.of("accepted", List.of(accepted), "weight", weight);
	}

	/** The staff give a question to all that the member had wrong. */
	private static void correct(Phone phone, Api api) throws IOException, InterruptedException {
		phone.open("/pages/quiz/index").see("我的成绩").screenshot("11-scores");
		phone.page().locator(".card", new Page.LocatorOptions().setHasText(Pattern.compile("\\d+ 分$"))).last().tap();
		phone.see("逐题解析");
		String stem = phone.page()
			.locator(".card", new Page.LocatorOptions().setHasText("✗ 答错"))
			.first()
			.locator(".stem")
			.innerText()
			.replaceFirst("^\\d+\\. ", "");
		String publisher = api.staff("publisher");
		String round = round(api, publisher);
		String question = api.get(publisher, round + "/questions")
			.get("rules")
			.valueStream()
			.flatMap((rule) -> rule.get("questions").valueStream())
			.filter((one) -> one.get("stem").asString().strip().equals(stem.strip()))
			.findFirst()
			.orElseThrow()
			.get("id")
			.asString();
		String correction = api
			.post(api.staff("quizzer"), round + "/corrections",
					Map.of("questionId", question, "everyoneRight", true, "reason", "题干表述有歧义，本题全员得分"))
			.get("id")
			.asString();
		api.post(publisher, round + "/corrections/" + correction + "/decision", Map.of("verdict", "approve"));
		while (phone.page().getByText("更正原因").count() == 0) {
			phone.page().reload();
			phone.see("逐题解析");
		}
		phone.see("题干表述有歧义").screenshot("12-corrected");
		phone.open("/pages/messages/index").see("您的答题成绩已更正").screenshot("13-told");
	}

	/** The round is over; the member is somebody who likes large letters. */
	private static void lookBack(Phone phone, Api api) throws IOException, InterruptedException {
		String publisher = api.staff("publisher");
		Instant soon = Clock.system(BusinessTime.ZONE).instant().plusSeconds(90);
		api.put(publisher, round(api, publisher) + "/end",
				Map.of("closesAt", BusinessTime.at(soon).toString(), "reason", "提前截止"));
		api.put(publisher, "/_local/clock", Map.of("now", BusinessTime.at(soon.plusSeconds(120)).toString()));
		phone.open("/pages/me/index").tap("消息提醒›").see("在微信里关注我们的公众号").screenshot("18a-reminders");
		phone.open("/pages/me/index").tap("特大").tap("消息提醒›").see("没有关注时").screenshot("18b-reminders-large");
		assertThat(phone.overflow()).isZero();
		phone.open("/pages/quiz/index").see("往期答题").see("最好").screenshot("18-past-large");
		assertThat(phone.overflow()).isZero();
		phone.page().locator(".card", new Page.LocatorOptions().setHasText("最好")).last().tap();
		phone.see("逐题解析").screenshot("19-corrected-large");
		assertThat(phone.overflow()).isZero();
	}

	private static String round(Api api, String staff) throws IOException, InterruptedException {
		return "/api/admin/v1/quizzes/" + api.get(staff, "/api/admin/v1/quizzes?limit=100")
			.get("items")
			.valueStream()
			.filter((item) -> item.get("state").asString().equals("PUBLISHED"))
			.filter((item) -> !item.get("title").asString().equals("写一写"))
			.findFirst()
			.orElseThrow()
			.get("id")
			.asString();
	}

	private static void goTo(Phone phone, int number) {
		phone.see("/ 20 题");
		while (phone.page().getByText("第 " + number + " / 20 题").count() == 0) {
			boolean before = phone.page().getByText(Pattern.compile("第 [1-" + (number - 1) + "] / 20 题")).count() > 0;
			phone.tap(before ? "下一题" : "上一题");
		}
	}

	private static void choose(Phone phone, int number) {
		phone.see("第 " + number + " / 20 题");
		Locator options = phone.page().locator(".option");
		options.first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
		options.nth(0).tap();
		if (phone.page().locator(".letter.square").count() > 0) {
			options.nth(1).tap();
		}
	}

	private static void serve(Phone phone, Api api) throws IOException, InterruptedException {
		phone.open("/pages/volunteer/index").tap("进行中").see("月湖公园环境清理").screenshot("14-events");
		phone.tap("月湖公园环境清理").tap("报名").see("现场签到").screenshot("15-event");
		String organiser = api.staff("organiser");
		String event = api.get(organiser, "/api/admin/v1/events?limit=100")
			.get("items")
			.valueStream()
			.filter((item) -> item.get("state").asString().equals("ongoing"))
			.findFirst()
			.orElseThrow()
			.get("id")
			.asString();
		String code = "/api/admin/v1/events/" + event + "/presence-code";
		phone.type("签到现场码", api.get(organiser, code).get("code").asString()).tap("签到");
		phone.see("已签到。离开前").type("签退现场码", api.get(organiser, code).get("code").asString()).tap("签退");
		phone.see("已签到、签退").screenshot("16-checked-out");
		phone.open("/pages/service/index").see("月湖公园环境清理").screenshot("17-service");
	}

}
