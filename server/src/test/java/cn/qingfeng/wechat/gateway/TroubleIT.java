package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.wechat.CustomerReply;
import cn.qingfeng.wechat.Outcomes;
import cn.qingfeng.wechat.SandboxControl;
import cn.qingfeng.wechat.TemplateMessage;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatArticles;
import cn.qingfeng.wechat.WechatAudience;
import cn.qingfeng.wechat.WechatChat;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatLinks;
import cn.qingfeng.wechat.WechatMenu;
import cn.qingfeng.wechat.WechatOperations;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A WeChat in trouble, in a context of its own: what fails here may open breakers, so the
 * tests that fail often keep to capabilities that no other needs.
 */
@QingfengIT
@TestPropertySource(properties = "qingfeng.wechat.quotas.slow=30m")
@ExtendWith(OutputCaptureExtension.class)
class TroubleIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String STABLE_TOKEN = "/cgi-bin/stable_token";

	private static final String TEMPLATE_SEND = "/cgi-bin/message/template/send";

	private static final byte[] PIXEL = Base64.getDecoder()
		.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

	@Autowired
	private WechatGateway gateway;

	@Autowired
	private WechatChat chat;

	@Autowired
	private WechatArticles articles;

	@Autowired
	private WechatAudience audience;

	@Autowired
	private WechatLinks links;

	@Autowired
	private WechatOperations operations;

	@Autowired
	private AccessTokens tokens;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private Sandbox sandbox;

	@AfterEach
	void allIsWellAgain() {
		this.sandbox.clearFaults();
	}

	@Test
	void busySecondsAreWaitedOutAndHoldNoThread() {
		List<String> paths = List.of("/cgi-bin/user/get", "/cgi-bin/tags/get", "/cgi-bin/menu/create",
				"/cgi-bin/template/get_all_private_template", "/wxaapi/newtmpl/gettemplate",
				"/cgi-bin/message/mass/speed/get");
		paths.forEach((path) -> new SandboxControl(this.sandbox).fault(path, "errcode", -1, 3));
		Mono<List<WechatOutcome<?>>> waiting = Flux
			.<Mono<? extends WechatOutcome<?>>>just(this.gateway.followers(null), this.audience.tags(),
					this.chat.createMenu(
							new WechatMenu(List.of(WechatMenu.Button.of("提醒", new WechatMenu.Click("REMIND"))))),
					this.gateway.templates(), this.gateway.noticeTemplates(), this.gateway.massSpeed())
			.<WechatOutcome<?>>flatMap((call) -> call, paths.size())
			.collectList()
			.cache();
		Mono<Boolean> all = waiting.map((outcomes) -> true);
		Mono<Boolean> another = Mono.delay(Duration.ofSeconds(1))
			.then(Mono.defer(() -> this.operations.quota(WechatAccount.MP, "/cgi-bin/user/get")))
			.map((outcome) -> false);
		assertThat(Flux.merge(all, another).collectList().block(TIMEOUT)).containsExactly(false, true);
		assertThat(waiting.block(TIMEOUT)).allMatch(WechatOutcome.Done.class::isInstance);
		paths.forEach((path) -> assertThat(this.sandbox.calls(path)).isEqualTo(4));
	}

	@ParameterizedTest
	@ValueSource(ints = { 40001, 40014, 42001 })
	void aTokenThatStaysRefusedMakesTwoCallsAtMost(int code) {
		new SandboxControl(this.sandbox).fault(TEMPLATE_SEND, "errcode", code, 1_000);
		Outcomes.done(this.gateway.massSpeed());
		long sends = this.sandbox.calls(TEMPLATE_SEND);
		long requests = this.sandbox.calls(STABLE_TOKEN);
		assertThat(Outcomes.refused(this.gateway.sendTemplate(reminder(openid(follower())))).errorClass())
			.isEqualTo(WechatErrorClass.TOKEN);
		assertThat(this.sandbox.calls(TEMPLATE_SEND) - sends).isBetween(1L, 2L);
		assertThat(this.sandbox.calls(STABLE_TOKEN) - requests).isBetween(1L, 2L);
	}

	@ParameterizedTest
	@ValueSource(ints = { 40003, 43004, 43101, 43117, 45066, 47003 })
	void whatIsWrongWithOneRecipientStopsNoOther(int code) {
		String one = openid(follower());
		String other = openid(follower());
		new SandboxControl(this.sandbox).fault(TEMPLATE_SEND, "errcode", code, 1);
		assertThat(Outcomes.refused(this.gateway.sendTemplate(reminder(one))).errorClass())
			.isEqualTo(WechatErrorClass.of(code));
		Outcomes.done(this.gateway.sendTemplate(reminder(other)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "html", "empty", "reset" })
	void whatIsNoPictureIsNotHandedOutAsOne(String kind) {
		new SandboxControl(this.sandbox).fault("/wxa/getwxacodeunlimit", kind, 200, 1);
		assertThat(this.links.pageCode("a=1", "pages/index", 430).block(TIMEOUT))
			.isInstanceOf(WechatOutcome.Unknown.class);
	}

	@Test
	void callsPauseWhileWechatIsAwayAndGoOnByThemselves() {
		String path = "/cgi-bin/openapi/rid/get";
		new SandboxControl(this.sandbox).fault(path, "reset", 0, 1_000);
		for (int i = 0; i < 20; i++) {
			this.operations.trace(WechatAccount.MP, "rid").block(TIMEOUT);
		}
		long calls = this.sandbox.calls(path);
		assertThat(Outcomes.refused(this.operations.trace(WechatAccount.MP, "rid")).code())
			.isEqualTo(WechatOutcome.Refused.NOT_CALLED);
		assertThat(this.sandbox.calls(path)).isEqualTo(calls);
		this.sandbox.clearFaults();
		await().atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(Outcomes.refused(this.operations.trace(WechatAccount.MP, "rid")).code())
				.isEqualTo(76001));
	}

	@Test
	void noTokenAndNoSecretReachesTheLogFromAnyLane(CapturedOutput output) {
		String openid = openid(follower());
		CustomerReply reply = new CustomerReply.Text("收到");
		List<Supplier<Mono<? extends WechatOutcome<?>>>> calls = List.of(
				() -> this.gateway.loginToMiniProgram("0a1b2c"), () -> this.gateway.oauthLogin("0a1b2c"),
				() -> this.gateway.phoneNumber("0a1b2c"), () -> this.chat.reply(openid, reply),
				() -> this.gateway.uploadCover(PIXEL, "cover.png"), () -> this.articles.deleteDraft("none"),
				() -> this.links.pageCode("a=1", "pages/index", 430));
		List<String> held = Stream.of(WechatAccount.values())
			.map((account) -> this.tokens.of(account).current().block(TIMEOUT).value())
			.toList();
		SandboxControl control = new SandboxControl(this.sandbox);
		for (String kind : List.of("errcode", "html", "status", "reset", "truncate", "empty")) {
			int value = kind.equals("status") ? 502 : 47001;
			for (Supplier<Mono<? extends WechatOutcome<?>>> call : calls) {
				control.fault("/", kind, value, 1);
				assertThat(call.get().block(TIMEOUT)).isNotNull();
				this.sandbox.clearFaults();
			}
		}
		control.revokeTokens(this.properties.mp().appId());
		control.fault(STABLE_TOKEN, "html", 200, 10);
		this.chat.reply(openid, reply).block(TIMEOUT);
		assertThat(output).contains("WeChat REPLY_SEND").doesNotContain("access_token=").doesNotContain(openid);
		assertThat(held).allSatisfy((token) -> assertThat(output).doesNotContain(token));
		assertThat(output).doesNotContain(this.properties.mp().secret())
			.doesNotContain(this.properties.miniProgram().secret())
			.doesNotContain("secret=");
	}

	private PersonView follower() {
		PersonView person = this.sandbox.people()
			.add("孙明", "136" + UUID.randomUUID().toString().replaceAll("\\D", "1").substring(0, 8));
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return person;
	}

	private String openid(PersonView person) {
		return person.openids().get(this.properties.mp().appId());
	}

	private static TemplateMessage reminder(String openid) {
		return new TemplateMessage(openid, SampleTemplates.REMINDER, "http://127.0.0.1/m/",
				UUID.randomUUID().toString(),
				Map.of("thing1", "中秋廉洁提醒", "time2", "2026-11-30 18:00", "thing3", "点开查看"));
	}

}
