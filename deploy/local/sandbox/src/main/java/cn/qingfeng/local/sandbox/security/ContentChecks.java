package cn.qingfeng.local.sandbox.security;

import java.time.Duration;
import java.time.Instant;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.Verdict;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 内容安全: texts are judged at once and media later, both by the words that the control
 * plane gave the account. Nothing is fetched.
 */
public final class ContentChecks {

	private static final Duration ACTIVE = Duration.ofHours(2);

	private static final int LONGEST = 2_500;

	private static final String JOB = "mediaCheck";

	private final World world;

	private final Timing timing;

	private final Apps apps;

	private final People people;

	private final Dispatcher dispatcher;

	public ContentChecks(World world, Timing timing, Apps apps, People people, Dispatcher dispatcher) {
		this.world = world;
		this.timing = timing;
		this.apps = apps;
		this.people = people;
		this.dispatcher = dispatcher;
		world.jobs().on(JOB, (payload) -> report(Json.read(payload, MediaCheck.class)));
	}

	public void register(Routes routes) {
		routes.api("POST", "/wxa/msg_sec_check", Capability.MINI_SECURITY, this::text);
		routes.api("POST", "/wxa/media_check_async", Capability.MINI_SECURITY, this::media);
		routes.api("POST", "/wxa/getuserriskrank", Capability.MINI_SECURITY, this::rank);
	}

	private JsonNode text(App app, Call call) {
		JsonNode body = call.json();
		String content = Json.text(body, "content");
		if (content.isBlank()) {
			throw WechatError.missing("content");
		}
		if (content.length() > LONGEST) {
			throw new WechatError(40097, "content is too long");
		}
		Verdict verdict = app.verdict(content + Json.text(body, "title") + Json.text(body, "nickname"));
		if (Json.number(body, "version", 1) != 2) {
			if (verdict.risky()) {
				throw new WechatError(87014, "risky content");
			}
			return Reply.done();
		}
		scene(body);
		active(app, Json.text(body, "openid"));
		ObjectNode answer = Reply.done().put("trace_id", this.world.ids().nextRid());
		result(answer, verdict);
		ObjectNode keyword = answer.putArray("detail").add(model(verdict)).addObject();
		keyword.put("strategy", "keyword").put("errcode", 0);
		keyword.put("suggest", verdict.suggest()).put("label", verdict.label());
		return answer;
	}

	private static void scene(JsonNode body) {
		long scene = Json.number(body, "scene", 0);
		if (scene < 1 || scene > 4) {
			throw new WechatError(40097, "invalid scene");
		}
	}

	private Person active(App app, String openid) {
		Person person = owner(app, openid);
		Instant seen = person.at(app).activeAt();
		if (seen == null || seen.plus(ACTIVE).isBefore(this.world.clock().instant())) {
			throw new WechatError(61010, "code is expired: the user was not active within two hours");
		}
		return person;
	}

	private Person owner(App app, String openid) {
		Person person = this.people.withOpenid(openid);
		if (person == null) {
			throw WechatError.invalidOpenid();
		}
		if (!person.at(app).openid().equals(openid)) {
			throw new WechatError(43104, "this appid does not match the openid");
		}
		return person;
	}

	private static ObjectNode model(Verdict verdict) {
		return Json.object()
			.put("strategy", "content_model")
			.put("errcode", 0)
			.put("suggest", verdict.suggest())
			.put("label", verdict.label())
			.put("prob", 90);
	}

	private static void result(ObjectNode answer, Verdict verdict) {
		answer.putObject("result").put("suggest", verdict.suggest()).put("label", verdict.label());
	}

	private JsonNode media(App app, Call call) {
		JsonNode body = call.json();
		String url = Json.text(body, "media_url");
		long type = Json.number(body, "media_type", 0);
		if (!url.matches("https?://.+") || type < 1 || type > 2) {
			throw new WechatError(40097, "invalid args");
		}
		scene(body);
		String openid = Json.text(body, "openid");
		active(app, openid);
		String trace = this.world.ids().nextRid();
		MediaCheck check = new MediaCheck(app.appid(), openid, trace, app.verdict(url));
		this.world.jobs().after(app.delay(JOB, this.timing.receipt()), JOB, Json.tree(check));
		return Reply.done().put("trace_id", trace);
	}

	private void report(MediaCheck check) {
		ObjectNode event = Json.object();
		event.put("appid", check.appid()).put("trace_id", check.trace()).put("version", 2);
		event.putArray("detail").add(model(check.verdict()));
		event.put("errcode", 0).put("errmsg", "ok");
		result(event, check.verdict());
		this.dispatcher.event(this.apps.get(check.appid()), check.openid(), "wxa_media_check", event);
	}

	private JsonNode rank(App app, Call call) {
		Person person = owner(app, Json.text(call.json(), "openid"));
		return Reply.done()
			.put("risk_rank", person.at(app).risky() ? 4 : 0)
			.put("unoin_id", this.world.ids().nextShortNumber());
	}

	private record MediaCheck(String appid, String openid, String trace, Verdict verdict) {
	}

}
