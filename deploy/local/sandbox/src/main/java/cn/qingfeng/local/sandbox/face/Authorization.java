package cn.qingfeng.local.sandbox.face;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.login.WebLogin;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import org.jspecify.annotations.Nullable;

/**
 * The page on which WeChat asks whether a site may know who you are. Whoever holds the
 * phone is told by a header or a cookie, else picked from a list.
 */
public final class Authorization {

	/** Who holds the phone. */
	static final String COOKIE = "sandbox_user";

	private final Apps apps;

	private final People people;

	private final WebLogin webLogin;

	public Authorization(Apps apps, People people, WebLogin webLogin) {
		this.apps = apps;
		this.people = people;
		this.webLogin = webLogin;
	}

	Reply answer(Call call) {
		if (!"/connect/oauth2/authorize".equals(call.path())) {
			return Reply.notFound();
		}
		App app = this.apps.find(call.param("appid"));
		if (app == null) {
			return error("10013", "AppID 参数错误");
		}
		if (!app.may(Capability.OAUTH)) {
			return error("10005", "该公众号没有网页授权权限");
		}
		String redirect = call.param("redirect_uri");
		if (!allowed(app, redirect)) {
			return error("10003", "redirect_uri 域名与后台配置不一致");
		}
		if (!call.param("scope").matches("snsapi_base|snsapi_userinfo")) {
			return error("10004", "scope 参数错误");
		}
		Person person = person(call);
		return (person != null) ? back(app, person, redirect, call.param("scope"), call.param("state"))
				: Reply.text(200, "text/html; charset=utf-8",
						Resources.text("authorize.html").replace("{{account}}", app.registration().name()));
	}

	private static boolean allowed(App app, String redirect) {
		try {
			URI uri = URI.create(redirect);
			return uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")
					&& app.returnsTo(uri.getHost());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private @Nullable Person person(Call call) {
		String header = call.header("x-sandbox-user");
		String id = (header != null) ? header : call.cookie(COOKIE);
		return (id != null) ? this.people.find(id) : null;
	}

	private Reply back(App app, Person person, String redirect, String scope, String state) {
		String code = this.webLogin.consent(app, person, scope);
		int fragment = redirect.indexOf('#');
		String site = (fragment < 0) ? redirect : redirect.substring(0, fragment);
		String rest = (fragment < 0) ? "" : redirect.substring(fragment);
		return Reply.redirect(site + (site.contains("?") ? "&" : "?") + "code=" + code + "&state="
				+ URLEncoder.encode(state, StandardCharsets.UTF_8) + rest);
	}

	private static Reply error(String code, String text) {
		return Reply.html(200, Resources.text("notice.html").replace("{{title}}", text).replace("{{code}}", code));
	}

}
