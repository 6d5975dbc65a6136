package cn.qingfeng.local.sandbox.account;

import java.time.Duration;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.journal.Entry;
import cn.qingfeng.local.sandbox.journal.Journal;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.token.Tokens;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls by which an operator looks after an account.
 */
public final class Operations {

	private static final int CLEARS_A_MONTH = 10;

	private final Tokens tokens;

	/** So long WeChat remembers a call. */
	private static final Duration KEPT = Duration.ofDays(7);

	private final Quotas quotas;

	private final Journal journal;

	private final SandboxClock clock;

	public Operations(SandboxClock clock, Tokens tokens, Quotas quotas, Journal journal) {
		this.clock = clock;
		this.tokens = tokens;
		this.quotas = quotas;
		this.journal = journal;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/clear_quota", Capability.ANY, (app, call) -> clear(app));
		routes.open("POST", "/cgi-bin/clear_quota/v2",
				(call) -> clear(this.tokens.secret(call.param("appid"), call.param("appsecret"))));
		routes.api("POST", "/cgi-bin/openapi/quota/get", Capability.ANY, this::quota);
		routes.api("POST", "/cgi-bin/openapi/rid/get", Capability.ANY, this::request);
		routes.api("POST", "/cgi-bin/callback/check", Capability.ANY, (app, call) -> network());
		routes.api("GET", "/cgi-bin/getcallbackip", Capability.ANY, (app, call) -> addresses());
		routes.api("GET", "/cgi-bin/get_api_domain_ip", Capability.ANY, (app, call) -> addresses());
	}

	private JsonNode clear(App app) {
		if (!this.quotas.clear(app, CLEARS_A_MONTH)) {
			throw new WechatError(48006, "forbid to clear quota because of reaching the limit");
		}
		return Reply.done();
	}

	private JsonNode quota(App app, Call call) {
		String path = Json.text(call.json(), "cgi_path");
		boolean ofMiniPrograms = path.startsWith("/wxa/") || path.startsWith("/wxaapi/");
		if (ofMiniPrograms && app.kind() != AppKind.MINI) {
			throw new WechatError(76022, "could not use this cgi_path, no permission");
		}
		Long limit = this.quotas.limit(app, path);
		if (limit == null) {
			throw new WechatError(76021, "cgi_path not found");
		}
		long used = this.quotas.used(app, path);
		ObjectNode answer = Reply.done();
		answer.putObject("quota").put("daily_limit", limit).put("used", used).put("remain", Math.max(0, limit - used));
		Long minutely = this.quotas.minuteLimit(app, path);
		if (minutely != null) {
			answer.putObject("rate_limit").put("call_count", minutely).put("refresh_second", 60);
		}
		return answer;
	}

	private JsonNode request(App app, Call call) {
		String rid = Json.text(call.json(), "rid");
		Entry entry = this.journal.withRid(rid);
		if (entry != null && entry.at().isBefore(this.clock.instant().minus(KEPT))) {
			throw new WechatError(76004, "rid is expired");
		}
		if (entry == null) {
			throw new WechatError(76001, "rid not found");
		}
		if (!entry.appid().equals(app.appid())) {
			throw new WechatError(76003, "rid not belong to this account");
		}
		ObjectNode answer = Reply.done();
		answer.putObject("request")
			.put("invoke_time", entry.at().getEpochSecond())
			.put("cost_in_ms", 1)
			.put("request_url", entry.path())
			.put("request_body", entry.body())
			.put("response_body", entry.answer())
			.put("client_ip", "127.0.0.1");
		return answer;
	}

	private static JsonNode network() {
		ObjectNode answer = Json.object();
		answer.putArray("dns").addObject().put("ip", "127.0.0.1").put("real_operator", "DEFAULT");
		answer.putArray("ping")
			.addObject()
			.put("ip", "127.0.0.1")
			.put("from_operator", "DEFAULT")
			.put("package_loss", "0%")
			.put("time", "1.000ms");
		return answer;
	}

	private static JsonNode addresses() {
		ObjectNode answer = Json.object();
		answer.putArray("ip_list").add("127.0.0.1");
		return answer;
	}

}
