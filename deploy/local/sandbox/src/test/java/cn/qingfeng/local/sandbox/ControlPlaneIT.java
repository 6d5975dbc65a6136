package cn.qingfeng.local.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.WxMpMassTagMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The levers behind the scenes, pulled over HTTP.
 */
class ControlPlaneIT {

	private Sandbox sandbox;

	private ControlClient control;

	@BeforeEach
	void start() {
		this.sandbox = Sandbox.start(SandboxOptions.usual().roster(300).timing(Timing.quick()).run("same"));
		this.control = new ControlClient(this.sandbox);
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	private HttpResponse<String> plain(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.sandbox.baseUrl() + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return ControlClient.send(request.build());
	}

	@Test
	void withoutItsHeaderTheControlPlaneIsClosed() {
		assertThat(plain("/_sandbox/apps").statusCode()).isEqualTo(403);
	}

	@Test
	void theTwoAccountsAreTold() {
		JsonNode apps = this.control.get("apps");
		assertThat(apps.get(0).path("kind").asString()).isEqualTo("service");
		assertThat(apps.get(1).path("kind").asString()).isEqualTo("mini");
	}

	@Test
	void theRosterHoldsPhonesAndMostOfItFollows() {
		JsonNode person = this.control.get("people?phone=13000000007").get(0);
		assertThat(person.path("openids").path(AppRegistration.SERVICE_APPID).asString()).hasSize(28);
		long followers = this.sandbox.people()
			.all()
			.stream()
			.filter((each) -> each.follows().getOrDefault(AppRegistration.SERVICE_APPID, false))
			.count();
		assertThat(followers).isBetween(240L, 299L);
	}

	@Test
	void aPersonGetsTheSameIdsInEverySandbox() {
		JsonNode first = this.control.call("POST", "people", "{\"name\":\"王清\",\"phone\":\"13800000001\"}");
		try (Sandbox other = Sandbox.start(SandboxOptions.usual())) {
			assertThat(other.people().add("王清", "13800000001").openids()).containsEntry(AppRegistration.MINI_APPID,
					first.path("openids").path(AppRegistration.MINI_APPID).asString());
		}
	}

	@Test
	void nonsenseIsRefusedAndChangesNothing() {
		assertThat(this.control.status("POST", "people", "{\"name\":\"\"}")).isEqualTo(400);
		assertThat(this.control.status("POST", "people", "[")).isEqualTo(400);
		assertThat(this.control.status("POST", "people/nobody/actions", "{\"action\":\"follow\"}")).isEqualTo(404);
		assertThat(this.control.status("PUT", "clock", "{\"now\":\"tomorrow\"}")).isEqualTo(400);
		assertThat(this.control.status("POST", "faults", "{\"kind\":\"flood\"}")).isEqualTo(400);
		assertThat(this.control.status("GET", "nothing", "")).isEqualTo(404);
		assertThat(this.control.status("PUT", "apps/" + AppRegistration.MINI_APPID, "{\"colour\":1}")).isEqualTo(400);
	}

	@Test
	void theClockIsSetAndRunsOn() {
		this.control.call("PUT", "clock", "{\"now\":\"2027-02-01T09:00:00+08:00\"}");
		assertThat(this.control.get("clock").path("now").asString()).startsWith("2027-02-01T09:00:0")
			.endsWith("+08:00");
	}

	@Test
	void callsAreJournaledAndCounted() throws WxErrorException {
		WechatClients.service(this.sandbox).getUserService().userList(null);
		JsonNode entry = this.control.get("journal?path=/cgi-bin/user/get").get(0);
		assertThat(entry.path("appid").asString()).isEqualTo(AppRegistration.SERVICE_APPID);
		assertThat(entry.path("answer").asString()).startsWith("{\"total\":");
		assertThat(this.control.get("journal/count?path=/cgi-bin/user").path("count").asInt()).isEqualTo(1);
	}

	@Test
	void faultsStrikeAsOftenAsTheyShould() throws WxErrorException {
		WxMpService service = WechatClients.service(this.sandbox);
		service.getAccessToken();
		this.control.call("POST", "faults",
				"{\"path\":\"/cgi-bin/user/get\",\"kind\":\"errcode\",\"value\":45009,\"next\":1}");
		Wechat.refuses(45009, () -> service.getUserService().userList(null));
		service.getUserService().userList(null);
		for (String kind : new String[] { "reset", "truncate", "html", "empty", "status" }) {
			this.control.call("POST", "faults",
					"{\"path\":\"/cgi-bin/user/get\",\"kind\":\"" + kind + "\",\"value\":502,\"next\":1}");
			assertThat(failed(service)).as(kind).isTrue();
		}
		this.control.call("DELETE", "faults", "");
		assertThat(failed(service)).isFalse();
	}

	private static boolean failed(WxMpService service) {
		try {
			service.getUserService().userList(null);
			return false;
		}
		catch (WxErrorException | RuntimeException ex) {
			return true;
		}
	}

	@Test
	void aSnapshotBringsEverythingBack() throws Exception {
		WxMpService service = WechatClients.service(this.sandbox);
		String draft = Wechat.draft(service, "家风故事");
		String token = service.getAccessToken();
		PersonView person = this.sandbox.people().withPhone("13000000007").orElseThrow();
		this.sandbox.people().act(person.id(), "follow", Map.of());
		JsonNode snapshot = this.control.call("POST", "snapshot", "");
		this.sandbox.people().act(person.id(), "unfollow", Map.of());
		service.getDraftService().delDraft(draft);
		try (Sandbox other = Sandbox.start(SandboxOptions.usual())) {
			new ControlClient(other).call("POST", "restore", snapshot.toString());
			assertThat(other.people().get(person.id()).follows()).containsEntry(AppRegistration.SERVICE_APPID, true);
			WxMpService again = WechatClients.service(other);
			assertThat(again.getAccessToken()).isEqualTo(token);
			assertThat(again.getDraftService().getDraft(draft).getNewsItem().getFirst().getTitle()).isEqualTo("家风故事");
		}
	}

	@Test
	void phonesRememberFromOneStartToTheNext(@TempDir Path folder) {
		SandboxOptions options = SandboxOptions.usual().roster(20).memory(folder.resolve("data/wechat.json"));
		String id;
		try (Sandbox first = Sandbox.start(options)) {
			id = first.people().add("王清", "13800000001").id();
			first.people().act(id, "follow", Map.of());
			first.people().act(id, "sendText", Map.of("text", "你好"));
		}
		try (Sandbox second = Sandbox.start(options)) {
			assertThat(second.people().messages(id)).singleElement()
				.satisfies((said) -> assertThat(said.mine()).isTrue());
			assertThat(second.people().all()).hasSize(21);
		}
	}

	@Test
	void anUnknownPathIsAPageAsAtWechat() {
		assertThat(plain("/cgi-bin/nothing").statusCode()).isEqualTo(404);
		assertThat(plain("/cgi-bin/nothing").body()).contains("<html>");
	}

	@Test
	void theAuthorisationPageSendsThePersonBack() {
		PersonView person = this.sandbox.people().withPhone("13000000007").orElseThrow();
		String page = "/connect/oauth2/authorize?appid=" + AppRegistration.SERVICE_APPID
				+ "&redirect_uri=http%3A%2F%2F127.0.0.1%2Fback%3Fa%3D1&response_type=code&scope=snsapi_base&state=abc";
		String location = plain(page, "X-Sandbox-User", person.id()).headers().firstValue("location").orElseThrow();
		assertThat(location).startsWith("http://127.0.0.1/back?a=1&code=").endsWith("&state=abc");
		assertThat(plain(page, "Cookie", "sandbox_user=" + person.id()).statusCode()).isEqualTo(302);
		assertThat(plain(page).body()).contains("莱西清风").contains("authorize.js");
		this.control.call("PUT", "apps/" + AppRegistration.SERVICE_APPID, "{\"oauthDomains\":[\"h5.example.cn\"]}");
		assertThat(plain(page).body()).contains("10003");
	}

	@Test
	void fourThousandPhonesRing() throws Exception {
		try (Sandbox city = Sandbox.start(SandboxOptions.usual().roster(4_200).timing(Timing.quick()))) {
			WxMpService service = WechatClients.service(city);
			String draft = Wechat.draft(service, "十一月廉洁学习");
			WxMpMassTagMessage message = new WxMpMassTagMessage();
			message.setMsgType("mpnews");
			message.setMediaId(draft);
			message.setSendAll(true);
			service.getMassMessageService().massGroupMessageSend(message);
			Wechat.await(() -> new ControlClient(city).get("callbacks?event=MASSSENDJOBFINISH").size() == 1);
			assertThat(
					new ControlClient(city).get("callbacks?limit=1").get(0).path("content").path("SentCount").asInt())
				.isBetween(3_600, 4_000);
		}
	}

	@Test
	void thePhoneIsServed() {
		assertThat(plain("/").body()).contains("phone.js");
		for (String file : new String[] { "phone.css", "phone.js", "chat.js", "wire.js", "authorize.js" }) {
			assertThat(plain("/face/" + file).statusCode()).as(file).isEqualTo(200);
		}
	}

}
