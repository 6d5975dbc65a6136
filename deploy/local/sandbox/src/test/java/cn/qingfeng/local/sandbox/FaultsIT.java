package cn.qingfeng.local.sandbox;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.world.Json;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that go wrong in the ways in which WeChat's do.
 */
class FaultsIT {

	private static final String SERVICE = AppRegistration.SERVICE_APPID;

	private static final String USERS = "/cgi-bin/user/get";

	private Sandbox sandbox;

	private ControlClient control;

	private WxMpService service;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(5);
		this.control = new ControlClient(this.sandbox);
		this.service = WechatClients.service(this.sandbox);
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private void fault(String fault) {
		this.control.call("POST", "faults", fault);
	}

	private JsonNode raw(String path, String body) throws WxErrorException {
		return Json.MAPPER.readTree(this.service.post(this.sandbox.baseUrl() + path, body));
	}

	@Test
	void aTokenRevokedInTheMiddleOfARunIsFetchedAnew() throws WxErrorException {
		this.service.getUserService().userList(null);
		String before = this.service.getAccessToken();
		fault("{\"path\":\"" + USERS + "\",\"kind\":\"revokeTokens\",\"after\":1,\"next\":1}");
		this.service.getUserService().userList(null);
		assertThat(this.service.getAccessToken()).isEqualTo(before);
		this.service.getUserService().userList(null);
		assertThat(this.service.getAccessToken()).isNotEqualTo(before);
	}

	@Test
	void aCapabilityTakenAwayInTheMiddleOfARunStaysAway() throws WxErrorException {
		fault("{\"path\":\"/cgi-bin/user/*\",\"kind\":\"capabilityOff\",\"after\":1,\"next\":1}");
		this.service.getUserService().userList(null);
		Wechat.refuses(48001, () -> this.service.getUserService().userList(null));
		this.control.call("DELETE", "faults", "");
		Wechat.refuses(48001, () -> this.service.getUserService().userList(null));
	}

	@Test
	void numbersComeAsTextAndTheReverse() throws WxErrorException {
		fault("{\"path\":\"" + USERS + "\",\"kind\":\"wrongTypes\"}");
		JsonNode answer = Json.MAPPER.readTree(this.service.get(this.sandbox.baseUrl() + USERS, ""));
		assertThat(answer.path("total").isString()).isTrue();
		assertThat(this.service.getUserService().userList(null).getTotal()).isPositive();
	}

	@Test
	void fieldsThatNobodyDocumentedDoNoHarm() throws WxErrorException {
		fault("{\"kind\":\"unknownFields\"}");
		assertThat(this.service.getUserService().userList(null).getTotal()).isPositive();
	}

	private String accepted(PersonView person) {
		return "{\"touser\":\"" + person.openids().get(SERVICE) + "\",\"template_id\":\"" + SampleTemplates.REMINDER
				+ "\",\"data\":{\"thing1\":{\"value\":\"中秋\"},\"time2\":{\"value\":\"2026-09-25\"},\"thing3\":{\"value\":\"清廉\"}}}";
	}

	@Test
	void anAnswerWithoutAnIdWasAcceptedAllTheSame() throws WxErrorException {
		PersonView person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(person.id(), "follow", Map.of());
		fault("{\"path\":\"/cgi-bin/message/template/send\",\"kind\":\"omitId\",\"next\":1}");
		JsonNode answer = raw("/cgi-bin/message/template/send", accepted(person));
		assertThat(answer.path("errcode").asInt(9)).isZero();
		assertThat(answer.has("msgid")).isFalse();
		assertThat(this.sandbox.people().messages(person.id())).hasSize(1);
		assertThat(raw("/cgi-bin/message/template/send", accepted(person)).path("msgid").asLong())
			.as("no double holds it")
			.isGreaterThan(1L << 53);
	}

	@Test
	void aSlowTokenEndpointIsOnlySlow() throws WxErrorException {
		fault("{\"path\":\"/cgi-bin/stable_token\",\"kind\":\"latency\",\"value\":300,\"spread\":100,\"next\":1}");
		long before = System.nanoTime();
		this.service.getAccessToken();
		assertThat(System.nanoTime() - before).isGreaterThan(190_000_000L);
	}

	@Test
	void aFaultMeetsOneAccountAndAShareOfTheCalls() {
		fault("{\"path\":\"" + USERS + "\",\"kind\":\"errcode\",\"value\":-1,\"appid\":\"wx0\"}");
		assertThat(refused(20)).isZero();
		this.control.call("DELETE", "faults", "");
		fault("{\"path\":\"" + USERS + "\",\"kind\":\"errcode\",\"value\":45011,\"probability\":0.5}");
		assertThat(refused(60)).isBetween(10, 50);
	}

	private int refused(int calls) {
		int refused = 0;
		for (int call = 0; call < calls; call++) {
			try {
				this.service.getUserService().userList(null);
			}
			catch (WxErrorException ex) {
				refused++;
			}
		}
		return refused;
	}

	@Test
	void aFaultOfACallbackDoesNotHappenToACall() {
		assertThat(this.control.status("POST", "faults", "{\"path\":\"/cgi-bin\",\"kind\":\"doctype\"}"))
			.isEqualTo(400);
		assertThat(this.control.status("POST", "faults", "{\"path\":\"callback/CLICK\",\"kind\":\"html\"}"))
			.isEqualTo(400);
	}

	@Test
	void anAddressThatIsNotListedIsRefused() throws WxErrorException {
		this.service.getUserService().userList(null);
		this.control.call("PUT", "apps/" + SERVICE, "{\"ipWhitelist\":[\"10.1.2.3\"]}");
		Wechat.refuses(40164, () -> this.service.getUserService().userList(null));
		Wechat.refuses(40164, () -> this.service.getAccessToken(true));
		this.control.call("PUT", "apps/" + SERVICE, "{\"ipWhitelist\":[\"10.1.2.3\",\"127.0.0.1\"]}");
		this.service.getUserService().userList(null);
	}

	@Test
	void everySettingOfAnAccountIsTold() {
		JsonNode app = this.control.get("apps").get(0);
		for (String setting : List.of("appid", "kind", "certified", "secret", "token", "aesKey", "mode", "format",
				"callbackUrl", "ipWhitelist", "capabilities", "quotas", "switches", "linkedApps", "openPlatformId",
				"oauthDomains", "pages", "pagesByEnv", "delays", "outcomes", "words")) {
			assertThat(app.has(setting)).as(setting).isTrue();
			String same = Objects.requireNonNull(app.get(setting)).toString();
			this.control.call("PUT", "apps/" + SERVICE, "{\"" + setting + "\":" + same + "}");
		}
		assertThat(this.control.get("apps").get(0)).isEqualTo(app);
	}

	@Test
	void aClosedDoorRefusesConnectionsAndOpensAgain() throws Exception {
		this.service.getUserService().userList(null);
		fault("{\"kind\":\"refuse\",\"value\":1500}");
		Wechat.await(this::refusesConnections);
		Wechat.await(() -> !refusesConnections());
		assertThat(this.service.getUserService().userList(null).getTotal()).isPositive();
	}

	private boolean refusesConnections() {
		try (Socket socket = new Socket("127.0.0.1", this.sandbox.port())) {
			return !socket.isConnected();
		}
		catch (IOException ex) {
			return ex instanceof ConnectException;
		}
	}

}
