package cn.qingfeng.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.platform.time.BusinessTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The built mini-program beside a real server and the sandbox's WeChat. Pictures lie in
 * {@code target/screenshots}.
 */
class MiniProgramIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	Path folder;

	@Test
	void remindersAreAllowedOneByOneRefusedAndSwitchedOnAgain() throws IOException, InterruptedException {
		try (LocalProcess server = LocalProcess.start(this.folder,
				"--qingfeng.push.subscription.id=" + SampleTemplates.MINI_QUIZ,
				"--qingfeng.push.subscription.title=测试截止提醒", "--qingfeng.push.subscription.long-term=false");
				PhoneBrowser browser = PhoneBrowser.start();
				Phone phone = browser.phone(URI.create(server.url()))) {
			Api api = Api.of(server);
			String member = api.member("胡秋林", "13000000003");
			MiniProgram program = MiniProgram.open(phone, api, api.person("13000000003"));
			logIn(phone, program);
			String event = api.get(member, "/api/v1/events?state=upcoming").get("items").get(0).get("id").asString();
			signUp(phone, program, event);
			allow(phone, program, api, member);
			refuse(phone, program);
			switchOff(phone, program, event);
			assertThat(phone.troubles()).isEmpty();
		}
	}

	private static void logIn(Phone phone, MiniProgram program) {
		program.go("pages/login/index");
		phone.see("微信登录");
		phone.page().locator(".agree").tap();
		phone.tap("微信登录").see("廉洁");
	}

	private static void signUp(Phone phone, MiniProgram program, String event) {
		program.go("pages/event/index?id=" + event);
		phone.tap("报名").see("有新消息时，可以在微信里提醒您").screenshot("mini-1-event");
	}

	private static void allow(Phone phone, MiniProgram program, Api api, String member)
			throws IOException, InterruptedException {
		phone.tap("提醒我").see("还可以提醒您 1 次");
		awaitGrants(api, member, 1);
		program.go("pages/reminders/index");
		phone.see("测试截止提醒").see("还可以提醒您 1 次").screenshot("mini-2-allowed");
		// A popup of the same second would be the same event.
		api.put(member, "/_local/clock",
				Map.of("now", BusinessTime.now(Clock.system(BusinessTime.ZONE)).plusMinutes(1).toString()));
		phone.tap("再提醒我一次").see("还可以提醒您 2 次");
		awaitGrants(api, member, 2);
	}

	/** WeChat tells the server of each consent, and only that counts. */
	private static void awaitGrants(Api api, String member, int grants) {
		await().atMost(PATIENCE).until(() -> consent(api, member).get("grants").asInt() == grants);
	}

	private static JsonNode consent(Api api, String member) throws IOException, InterruptedException {
		return api.get(member, "/api/v1/me/consents").get("items").get(0);
	}

	private static void refuse(Phone phone, MiniProgram program) {
		program.answers("reject");
		phone.tap("再提醒我一次").see("还可以提醒您 2 次");
	}

	private static void switchOff(Phone phone, MiniProgram program, String event) {
		program.mainSwitch(false);
		program.go("pages/me/index");
		phone.tap("特大");
		program.go("pages/event/index?id=" + event);
		phone.see("您已关闭这项提醒").screenshot("mini-3-event-large");
		assertThat(phone.overflow()).isZero();
		program.go("pages/reminders/index");
		phone.see("您已关闭这项提醒，要再收到，请在微信设置里打开").screenshot("mini-4-closed-large");
		assertThat(phone.overflow()).isZero();
		phone.tap("打开微信设置").see("还可以提醒您 2 次").screenshot("mini-5-allowed-large");
		assertThat(phone.overflow()).isZero();
	}

}
