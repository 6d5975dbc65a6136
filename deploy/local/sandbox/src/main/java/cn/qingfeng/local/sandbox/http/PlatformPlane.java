package cn.qingfeng.local.sandbox.http;

import java.util.Set;
import java.util.stream.Collectors;

import cn.qingfeng.local.sandbox.fault.Fault;
import cn.qingfeng.local.sandbox.fault.FaultKind;
import cn.qingfeng.local.sandbox.fault.Faults;
import cn.qingfeng.local.sandbox.journal.Journal;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.token.Tokens;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The way of every call: faults, token, account, capability, quota, work, journal.
 */
public final class PlatformPlane {

	private static final Set<String> FOLDERS = Set.of("cgi-bin", "sns", "wxa", "wxaapi", "datacube");

	private final World world;

	private final Routes routes;

	private final Apps apps;

	private final Tokens tokens;

	private final Quotas quotas;

	private final Faults faults;

	private final Journal journal;

	public PlatformPlane(World world, Routes routes, Apps apps, Tokens tokens, Quotas quotas, Faults faults,
			Journal journal) {
		this.world = world;
		this.routes = routes;
		this.apps = apps;
		this.tokens = tokens;
		this.quotas = quotas;
		this.faults = faults;
		this.journal = journal;
	}

	public Answered answer(Call call) {
		String rid = this.world.ids().nextRid();
		String appid = appid(call);
		Fault fault = this.faults.strike(call.path(), appid, call::text);
		if (fault != null) {
			before(fault, appid, call);
		}
		Outcome outcome = (fault != null && !fault.kind().applied()) ? broken(fault, rid) : work(call, rid);
		if (fault != null) {
			outcome = after(fault, outcome, rid);
		}
		note(call, appid, outcome, rid, fault);
		return new Answered(outcome.reply(), fault);
	}

	private void before(Fault fault, String appid, Call call) {
		App app = this.apps.find(appid);
		Routes.Route route = this.routes.find(call.path());
		if (app != null && fault.kind() == FaultKind.REVOKE_TOKENS) {
			this.tokens.revokeAll(app);
		}
		if (app != null && route != null && fault.kind() == FaultKind.CAPABILITY_OFF) {
			app.lose(route.capability());
		}
	}

	private static Outcome after(Fault fault, Outcome outcome, String rid) {
		return switch (fault.kind()) {
			case ERRCODE_AFTER_EFFECT -> refused(new WechatError((int) fault.value(), "system busy"), rid);
			case WRONG_TYPES -> outcome.with(Distortion.types(outcome.reply()));
			case UNKNOWN_FIELDS -> outcome.with(Distortion.unknownFields(outcome.reply()));
			case OMIT_ID -> outcome.with(Distortion.withoutIds(outcome.reply()));
			default -> outcome;
		};
	}

	private Outcome work(Call call, String rid) {
		Routes.Route route = this.routes.find(call.path());
		if (route == null) {
			return new Outcome(Reply.notFound(), 0);
		}
		try {
			route.checkMethod(call);
			App app = route.open() ? null : admit(call, route.capability());
			return new Outcome(route.answer().to(app, call), 0);
		}
		catch (WechatError ex) {
			return refused(ex, rid);
		}
	}

	private App admit(Call call, Capability capability) {
		App app = this.tokens.check(call.param("access_token"));
		if (!app.accepts(call.clientIp())) {
			throw new WechatError(40164, "invalid ip " + call.clientIp() + ", not in whitelist");
		}
		if (!app.may(capability)) {
			throw new WechatError((capability == Capability.BIZ_SUBSCRIBE) ? 45103 : 48001, "api unauthorized");
		}
		if (!this.quotas.take(app, call.path())) {
			throw new WechatError(45009, "reach max api daily quota limit");
		}
		if (!this.quotas.takeThisMinute(app, call.path())) {
			boolean code = "/wxa/getwxacodeunlimit".equals(call.path());
			throw new WechatError(code ? 45009 : 45011, "api minute-quota reach limit, must slower");
		}
		return app;
	}

	private Outcome broken(Fault fault, String rid) {
		if (fault.kind() == FaultKind.ERRCODE) {
			return refused(new WechatError((int) fault.value(), "system error"), rid);
		}
		int status = (fault.kind() == FaultKind.STATUS) ? (int) fault.value() : 200;
		return new Outcome(Reply.html(status, "<html><body><h1>" + status + "</h1></body></html>"), 0);
	}

	private static Outcome refused(WechatError error, String rid) {
		return new Outcome(Reply.json(error.body(rid)), error.code());
	}

	private void note(Call call, String appid, Outcome outcome, String rid, @Nullable Fault fault) {
		String type = outcome.reply().type();
		String answer = (type.startsWith("image/") || type.startsWith("audio/")) ? type : outcome.reply().text();
		String query = call.query()
			.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + '=' + entry.getValue())
			.collect(Collectors.joining("&"));
		String body = call.headers().getOrDefault("content-type", "").startsWith("multipart/")
				? call.body().length + " bytes of a form" : call.text();
		this.journal.write(this.world.clock().instant(), appid, call.method(), call.path(), query, body,
				outcome.reply().status(), outcome.errcode(), answer, rid,
				(fault != null) ? fault.kind().wireName() : "");
	}

	private String appid(Call call) {
		App app = this.tokens.owner(call.param("access_token"));
		if (app == null) {
			app = this.apps.find(call.param("appid"));
		}
		if (app != null) {
			return app.appid();
		}
		return call.path().equals("/cgi-bin/stable_token") ? stableAppid(call) : "";
	}

	private static String stableAppid(Call call) {
		try {
			return call.json().path("appid").asString("");
		}
		catch (WechatError ex) {
			return "";
		}
	}

	/** Whether a path belongs to WeChat's interfaces rather than to its pages. */
	public boolean owns(String path) {
		return this.routes.find(path) != null || FOLDERS.contains(path.split("/", 3)[1]);
	}

	private record Outcome(Reply reply, long errcode) {

		Outcome with(Reply other) {
			return new Outcome(other, this.errcode);
		}

	}

}
