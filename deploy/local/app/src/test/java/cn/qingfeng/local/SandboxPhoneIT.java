package cn.qingfeng.local;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import cn.qingfeng.local.sandbox.Contact;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sandbox's phone in a real browser: what a newcomer sees arrive. Pictures of every
 * screen lie in {@code target/screenshots}.
 */
class SandboxPhoneIT {

	private static PhoneBrowser browser;

	private Sandbox sandbox;

	private PlatformClient platform;

	private PersonView person;

	private Phone phone;

	@BeforeAll
	static void startBrowser() {
		browser = PhoneBrowser.start();
	}

	@AfterAll
	static void stopBrowser() {
		browser.close();
	}

	@BeforeEach
	void start() throws IOException, InterruptedException {
		List<Contact> contacts = IntStream.range(0, 40)
			.mapToObj((number) -> new Contact("学员" + number, "139" + String.format("%08d", number)))
			.toList();
		this.sandbox = Sandbox.start(SandboxOptions.usual().people(contacts).following(1));
		this.platform = new PlatformClient(this.sandbox);
		this.person = this.sandbox.people().withPhone("13900000007").orElseThrow();
		this.phone = browser.phone(URI.create(this.sandbox.baseUrl()));
	}

	@AfterEach
	void stop() {
		assertThat(this.phone.troubles()).isEmpty();
		this.phone.close();
		this.sandbox.close();
	}

	private Page page() {
		return this.phone.page();
	}

	private String appid() {
		return this.sandbox.apps().service().appid();
	}

	private String openid() {
		return this.person.openids().get(appid());
	}

	private void pickUpThePhone() {
		page().navigate(this.sandbox.baseUrl());
		page().getByLabel("搜索姓名或手机号").fill("13900000007");
		page().locator(".row", new Page.LocatorOptions().setHasText("学员7")).first().tap();
		this.phone.see("微信 · 学员7");
		page().evaluate("window.sincePickedUp = true");
	}

	private void neverReloaded() {
		assertThat(page().evaluate("window.sincePickedUp")).as("no reload").isEqualTo(true);
		assertThat(this.phone.overflow()).isZero();
	}

	@Test
	void aPushArrivesByItselfAndOpens() throws IOException, InterruptedException {
		pickUpThePhone();
		this.phone.tap("莱西清风");
		this.sandbox.apps().massTakes(appid(), Duration.ofHours(1));
		this.platform.sendToAll("十一月廉洁学习", "<p>清白做人，踏实做事。</p>");
		this.sandbox.clock().advance(Duration.ofMinutes(6));
		this.phone.see("群发中").screenshot("sandbox-1-sending");
		assertThat(page().locator("#progress").getAttribute("aria-valuemax")).isEqualTo("40");
		this.sandbox.clock().advance(Duration.ofHours(1));
		Locator card = page().getByLabel("文章：十一月廉洁学习");
		card.waitFor();
		this.phone.screenshot("sandbox-2-arrived");
		card.tap();
		page().frameLocator("iframe").getByText("清白做人，踏实做事。").waitFor();
		this.phone.screenshot("sandbox-3-article");
		page().getByLabel("关闭文章").tap();
		neverReloaded();
	}

	private Map<String, Object> reminder() {
		return Map.of("touser", openid(), "template_id", SampleTemplates.REMINDER, "url",
				this.sandbox.baseUrl() + "/s/x", "data", Map.of("thing1", Map.of("value", "中秋廉洁提醒"), "time2",
						Map.of("value", "2026-09-25 09:00"), "thing3", Map.of("value", "清廉过节")));
	}

	@Test
	void aTemplateMessageIsAnnouncedAndShownAsACard() throws IOException, InterruptedException {
		pickUpThePhone();
		this.platform.post("/cgi-bin/message/template/send", reminder());
		page().locator("#banner").waitFor();
		this.phone.screenshot("sandbox-4-banner");
		page().locator("#banner").tap();
		this.phone.see("提醒事项").see("中秋廉洁提醒").screenshot("sandbox-5-template");
		page().locator("button.card").tap();
		page().frameLocator("iframe").getByText("链接已失效").waitFor();
		neverReloaded();
	}

	@Test
	void aSubscriptionIsAllowedInThePopupAndThenArrives() throws IOException, InterruptedException {
		pickUpThePhone();
		this.phone.tap("莱西清风");
		page().getByLabel("公众号主页").tap();
		this.phone.tap("订阅消息").tap("订阅以上消息");
		page().getByRole(AriaRole.DIALOG).waitFor();
		this.phone.screenshot("sandbox-6-popup").tap("允许").see("还可收 1 条").see("长期订阅");
		this.platform.post("/cgi-bin/message/subscribe/bizsend",
				Map.of("touser", openid(), "template_id", SampleTemplates.BIZ_STUDY, "data",
						Map.of("thing1", Map.of("value", "十一月专刊"), "time2", Map.of("value", "2026-11-30 18:00"))));
		page().locator("#banner").tap();
		this.phone.see("学习截止提醒").see("十一月专刊").screenshot("sandbox-7-subscription");
		neverReloaded();
	}

	@Test
	void theMenuUnfoldsAndAFollowerLeavesAndComesBack() throws IOException, InterruptedException {
		Map<String, Object> below = Map.of("type", "click", "name", "本期专刊", "key", "ISSUE");
		this.platform.post("/cgi-bin/menu/create",
				Map.of("button", List.of(Map.of("name", "学习", "sub_button", List.of(below)),
						Map.of("type", "view", "name", "服务", "url", this.sandbox.baseUrl() + "/s/x"))));
		pickUpThePhone();
		this.phone.tap("莱西清风");
		page().getByText("学习").tap();
		this.phone.screenshot("sandbox-8-menu").tap("本期专刊");
		page().getByLabel("公众号主页").tap();
		this.phone.tap("不再关注");
		page().locator(".choices .warn").tap();
		this.phone.see("关注公众号").screenshot("sandbox-9-left");
		assertThat(this.sandbox.people().get(this.person.id()).follows()).containsEntry(appid(), false);
		this.phone.tap("关注公众号");
		page().getByLabel("切换到键盘").waitFor();
		assertThat(this.sandbox.people().get(this.person.id()).follows()).containsEntry(appid(), true);
		neverReloaded();
	}

}
