package cn.qingfeng.wechat.menu;

import java.time.Duration;
import java.util.List;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.wechat.SandboxControl;
import cn.qingfeng.wechat.WechatChat;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QingfengIT
class MenuIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String PATH = "/api/admin/v1/wechat/menu";

	private static final String LONG_URL = "https://h5.example.cn/" + "a".repeat(1_003);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private WechatChat chat;

	@Autowired
	private MenuStore menus;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Sandbox sandbox;

	@Test
	void theStartingMenuIsShownFilledInBesideWechats() {
		this.chat.deleteMenu().block(TIMEOUT);
		get().jsonPath("$.buttons[0].children[0].url")
			.value((String url) -> assertThat(url).startsWith("{{publicUrl}}/m/"))
			.jsonPath("$.shown[0].children[0].url")
			.value((String url) -> assertThat(url).startsWith(this.properties.publicBaseUrl() + "/m/"))
			.jsonPath("$.shown[2].children[0].appId")
			.isEqualTo(this.properties.miniProgram().appId())
			.jsonPath("$.atWechat.state")
			.isEqualTo("NONE");
	}

	@Test
	void aPublishedMenuIsTheOneThatWechatHolds() {
		publication().expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.published")
			.isEqualTo(true)
			.jsonPath("$.atWechat.state")
			.isEqualTo("KNOWN")
			.jsonPath("$.atWechat.buttons[2].children[0].type")
			.isEqualTo("MINI_PROGRAM")
			.jsonPath("$.atWechat.buttons[0].children[3].key")
			.isEqualTo("LEARNING_PLATFORMS");
		assertThat(audits("wechat-menu.publish")).isPositive();
	}

	@Test
	void whatWechatRefusesIsForAPersonToRead() {
		new SandboxControl(this.sandbox).fault("/cgi-bin/menu/create", "errcode", 40018, 1);
		publication().expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:wechat-menu-refused")
			.jsonPath("$.errcode")
			.isEqualTo(40018);
	}

	@Test
	void aBrokenWechatLeavesOurOwnMenuToBeSeen() {
		new SandboxControl(this.sandbox).fault("/cgi-bin/menu/get", "html", 0, 5);
		get().jsonPath("$.atWechat.state").isEqualTo("UNKNOWN").jsonPath("$.buttons").isNotEmpty();
		this.sandbox.clearFaults();
	}

	@Test
	void aChangeWaitsForItsPublicationAndAStaleOneIsNotTaken() {
		OwnMenu before = this.menus.read().blockOptional(TIMEOUT).orElseThrow();
		try {
			String stale = "\"%d\"".formatted(before.version());
			String body = "{\"buttons\":[{\"name\":\"学习\",\"type\":\"VIEW\",\"url\":\"{{publicUrl}}/m/\"}]}";
			put(stale, body).expectStatus().isOk().expectBody().jsonPath("$.published").isEqualTo(false);
			put(stale, body).expectStatus().isEqualTo(412);
			assertThat(audits("wechat-menu.change")).isPositive();
		}
		finally {
			long version = this.menus.read().blockOptional(TIMEOUT).orElseThrow().version();
			this.menus.replace(version, before.buttons()).block(TIMEOUT);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"name":"六个汉字名称","type":"CLICK","key":"K"                                   | buttons[0].name
					"name":"学习"                                                                 | buttons[0].type
					"name":"学习","type":"OTHER","key":"K"                                         | buttons[0].type
					"name":"学习","type":"CLICK"                                                   | buttons[0].key
					"name":"学习","type":"CLICK","key":"键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键键" | buttons[0].key
					"name":"学习","type":"VIEW","url":"javascript:alert(1)"                        | buttons[0].url
					"name":"学习","type":"VIEW","url":"{{other}}/m/"                               | buttons[0].url
					"name":"学习","type":"MINI_PROGRAM","url":"https://a.cn","page":"p"            | buttons[0].appId
					"name":"学习","type":"ARTICLE"                                                 | buttons[0].articleId
					"name":"学习","type":"VIEW","url":"https://a.cn","children":[{"name":"a","type":"CLICK","key":"K"}] | buttons[0].type
					"name":"学习","children":[{"name":"二十一个汉字二十一个汉字二十一个汉字二十一","type":"CLICK","key":"K"}] | buttons[0].children[0].name
					""")
	void whatWechatWouldNotTakeIsRefused(String button, String field) {
		String body = "{\"buttons\":[{%s}]}".formatted(button);
		long version = this.menus.read().blockOptional(TIMEOUT).orElseThrow().version();
		put("\"%d\"".formatted(version), body).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[?(@.field == '%s')]".formatted(field))
			.isNotEmpty();
	}

	@Test
	void anAddressIsMeasuredFilledIn() {
		assertThat(LONG_URL).hasSize(1_025);
		MenuItem item = new MenuItem("学习", MenuItem.Kind.VIEW, LONG_URL, null, null, null, null, List.of());
		assertThatThrownBy(() -> MenuRules.check(List.of(item))).hasMessage("invalid-request");
	}

	@Test
	void aMenuHasTwoLevels() {
		MenuItem deepest = new MenuItem("c", MenuItem.Kind.CLICK, null, "K", null, null, null, List.of());
		MenuItem deeper = new MenuItem("b", null, null, null, null, null, null, List.of(deepest));
		MenuItem deep = new MenuItem("a", null, null, null, null, null, null, List.of(deeper));
		assertThatThrownBy(() -> MenuRules.check(List.of(deep))).hasMessage("invalid-request");
	}

	@Test
	void theStartingMenuComesOnceAndNeverOverAnEdit() {
		OwnMenu before = this.menus.read().blockOptional(TIMEOUT).orElseThrow();
		this.menus.seed(List.of()).block(TIMEOUT);
		assertThat(this.menus.read().block(TIMEOUT)).isEqualTo(before);
	}

	private WebTestClient.BodyContentSpec get() {
		return this.client.get()
			.uri(PATH)
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.exists("ETag")
			.expectBody();
	}

	private WebTestClient.ResponseSpec publication() {
		return this.client.post().uri(PATH + "/publication").headers(this.sessions.staff("PUBLISHER")).exchange();
	}

	private WebTestClient.ResponseSpec put(String version, String body) {
		return this.client.put()
			.uri(PATH)
			.headers(this.sessions.staff("ADMIN"))
			.header("If-Match", version)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	private long audits(String action) {
		return this.database.sql("SELECT count(*) FROM audit_entry WHERE action = :action")
			.bind("action", action)
			.mapValue(Long.class)
			.one()
			.blockOptional(TIMEOUT)
			.orElseThrow();
	}

}
