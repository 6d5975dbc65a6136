package cn.qingfeng.local.sandbox.link;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.Site;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Links that open a page of the mini-program from a short message or a browser, for at
 * most thirty days, and for the one person who opened it first.
 */
public final class MiniLinks implements Remembered {

	private static final Duration LONGEST = Duration.ofDays(30);

	private static final int LONGEST_QUERY = 1_024;

	private static final long A_DAY = 500_000;

	private static final long MOST_PERMANENT = 100_000;

	private final World world;

	private final Site site;

	private final Quotas quotas;

	private Map<String, Link> links = new LinkedHashMap<>();

	private Map<String, Long> permanent = new LinkedHashMap<>();

	public MiniLinks(World world, Site site, Quotas quotas) {
		this.world = world;
		this.site = site;
		this.quotas = quotas;
	}

	public void register(Routes routes) {
		routes.api("POST", "/wxa/generate_urllink", Capability.MINI_CODE,
				(app, call) -> Reply.done().put("url_link", keep(app, call.json(), this::address)));
		routes.api("POST", "/wxa/generatescheme", Capability.MINI_CODE, this::scheme);
		routes.api("POST", "/wxa/query_urllink", Capability.MINI_CODE,
				(app, call) -> query(app, call.json(), "url_link"));
		routes.api("POST", "/wxa/queryscheme", Capability.MINI_CODE, (app, call) -> query(app, call.json(), "scheme"));
		routes.api("POST", "/wxa/genwxashortlink", Capability.MINI_CODE, this::shortLink);
	}

	/**
	 * Opens a link for a person. Once it was opened it works for nobody else.
	 * @return the page with its query
	 */
	public String open(String address, String openid) {
		Link link = this.links.get(address);
		if (link == null || !this.world.clock().instant().isBefore(link.expiresAt())) {
			throw new IllegalArgumentException("the link has expired");
		}
		if (!openid.equals(link.visitor()) && link.visitor() != null) {
			throw new IllegalArgumentException("the link was opened by somebody else");
		}
		this.links.put(address, link.visitedBy(openid));
		return link.page();
	}

	/** The account whose mini-program a link opens, or nothing. */
	public @Nullable String appid(String address) {
		Link link = this.links.get(address);
		return (link != null) ? link.appid() : null;
	}

	private String address() {
		return this.site.base() + "/wxaurl/" + this.world.ids().next("link", 12);
	}

	private JsonNode scheme(App app, Call call) {
		ObjectNode body = call.json().deepCopy().asObject();
		body.setAll(body.path("jump_wxa").isObject() ? body.path("jump_wxa").asObject() : Json.object());
		String link = keep(app, body, () -> "weixin://dl/business/?t=" + this.world.ids().next("link", 12));
		return Reply.done().put("openlink", link);
	}

	private String keep(App app, JsonNode body, java.util.function.Supplier<String> address) {
		String env = Json.text(body, "env_version", "release");
		if (!env.matches("release|trial|develop")) {
			throw new WechatError(40097, "invalid args");
		}
		String path = Json.text(body, "path");
		String page = path.startsWith("/") ? path.substring(1) : path;
		if (page.contains("?") || !app.hasPage(page, env)) {
			throw new WechatError(40165, "invalid weapp pagepath");
		}
		String query = Json.text(body, "query");
		if (query.length() > LONGEST_QUERY) {
			throw new WechatError(40212, "invalid query");
		}
		Instant now = this.world.clock().instant();
		Link link = new Link(app.appid(), path, query, env, now, expiry(body, now), null);
		this.links.values().removeIf((each) -> each.expiresAt().plus(LONGEST).isBefore(now));
		String name = address.get();
		this.links.put(name, link);
		return name;
	}

	private static Instant expiry(JsonNode body, Instant now) {
		if (!Json.flag(body, "is_expire")) {
			return now.plus(LONGEST);
		}
		Instant expiry = switch ((int) Json.number(body, "expire_type", 0)) {
			case 0 -> Instant.ofEpochSecond(Json.number(body, "expire_time", 0));
			case 1 -> now.plus(Duration.ofDays(Json.number(body, "expire_interval", 0)));
			default -> throw new WechatError(40097, "invalid args");
		};
		if (!expiry.isAfter(now) || expiry.isAfter(now.plus(LONGEST))) {
			throw new WechatError(85401, "time limit between 1min and 30day");
		}
		return expiry;
	}

	private JsonNode query(App app, JsonNode body, String field) {
		ObjectNode answer = Reply.done();
		if (Json.number(body, "query_type", 0) == 1) {
			String path = "url_link".equals(field) ? "/wxa/generate_urllink" : "/wxa/generatescheme";
			answer.putObject("quota_info")
				.put("remain_visit_quota", app.quota(path, A_DAY) - this.quotas.used(app, path));
			return answer;
		}
		Link link = this.links.get(Json.text(body, field));
		if (link == null || !link.appid().equals(app.appid())) {
			throw new WechatError(40097, "invalid args");
		}
		answer.putObject(field + "_info")
			.put("appid", link.appid())
			.put("path", link.path())
			.put("query", link.query())
			.put("create_time", link.createdAt().getEpochSecond())
			.put("expire_time", link.expiresAt().getEpochSecond())
			.put("env_version", link.env());
		return answer.put("visit_openid", (link.visitor() != null) ? link.visitor() : "");
	}

	private JsonNode shortLink(App app, Call call) {
		JsonNode body = call.json();
		String page = Json.text(body, "page_url");
		if (page.isEmpty() || page.startsWith("/") || !app.hasPage(page, "release")) {
			throw new WechatError(40165, "invalid weapp pagepath");
		}
		if (Json.flag(body, "is_permanent")
				&& this.permanent.merge(app.appid(), 1L, Long::sum) > app.quota("permanentLinks", MOST_PERMANENT)) {
			throw new WechatError(45009, "reach max api quota limit");
		}
		return Reply.done()
			.put("link", "#小程序://" + Json.text(body, "page_title", app.registration().name()) + '/'
					+ this.world.ids().next("shortLink", 15));
	}

	@Override
	public String name() {
		return "miniLinks";
	}

	@Override
	public Object save() {
		return new Saved(this.links, this.permanent);
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.links = state.links();
		this.permanent = state.permanent();
	}

	private record Link(String appid, String path, String query, String env, Instant createdAt, Instant expiresAt,
			@Nullable String visitor) {

		Link visitedBy(String openid) {
			return new Link(this.appid, this.path, this.query, this.env, this.createdAt, this.expiresAt, openid);
		}

		String page() {
			return this.query.isEmpty() ? this.path : this.path + '?' + this.query;
		}

	}

	private record Saved(Map<String, Link> links, Map<String, Long> permanent) {
	}

}
