package cn.qingfeng.local.sandbox.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import cn.qingfeng.local.sandbox.article.ArticlePages;
import cn.qingfeng.local.sandbox.article.ArticlePages.Shown;
import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.comment.Comments;
import cn.qingfeng.local.sandbox.link.MiniLinks;
import cn.qingfeng.local.sandbox.login.MiniLogin;
import cn.qingfeng.local.sandbox.login.WebLogin;
import cn.qingfeng.local.sandbox.menu.Menus;
import cn.qingfeng.local.sandbox.menu.Menus.Menu;
import cn.qingfeng.local.sandbox.message.Consents;
import cn.qingfeng.local.sandbox.qr.SceneCodes;
import cn.qingfeng.local.sandbox.qr.SceneCodes.SceneCode;
import cn.qingfeng.local.sandbox.registry.AnswerWindow;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.statistics.Statistics.Touch;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person does with the phone: state changes, and the callback that WeChat would
 * send goes out.
 */
public final class Actions {

	private final World world;

	private final Apps apps;

	private final Menus menus;

	private final Sayings sayings;

	private final Consents consents;

	private final MiniLogin miniLogin;

	private final WebLogin webLogin;

	private final SceneCodes codes;

	private final MiniLinks links;

	private final ArticlePages pages;

	private final Comments comments;

	private final Statistics statistics;

	private final Dispatcher dispatcher;

	public Actions(World world, Apps apps, Menus menus, Sayings sayings, Consents consents, MiniLogin miniLogin,
			WebLogin webLogin, SceneCodes codes, MiniLinks links, ArticlePages pages, Comments comments,
			Statistics statistics, Dispatcher dispatcher) {
		this.world = world;
		this.apps = apps;
		this.menus = menus;
		this.sayings = sayings;
		this.consents = consents;
		this.miniLogin = miniLogin;
		this.webLogin = webLogin;
		this.codes = codes;
		this.links = links;
		this.pages = pages;
		this.comments = comments;
		this.statistics = statistics;
		this.dispatcher = dispatcher;
	}

	/** Does it, and answers with a code where there is one. */
	public ObjectNode perform(Person person, JsonNode wanted) {
		String action = Json.text(wanted, "action");
		App app = app(action, Json.text(wanted, "appid"));
		Standing standing = person.at(app);
		person.did(this.world.clock().instant(), app, action);
		String code = switch (action) {
			case "follow" -> follow(app, standing, Json.text(wanted, "scene"));
			case "unfollow" -> unfollow(app, standing);
			case "scan" -> scan(app, standing, scene(wanted));
			case "click" -> click(app, standing, Json.text(wanted, "key"));
			case "view" -> view(app, standing, Json.text(wanted, "url"));
			case "sendText", "sendImage", "sendVoice", "sendLocation" -> this.sayings.say(app, person, action, wanted);
			case "reportLocation" -> reportLocation(app, standing, wanted);
			case "openMini" -> openMini(app, person, wanted);
			case "readArticle" -> read(person, wanted);
			case "comment" -> comment(app, person, wanted);
			case "wxLogin" -> this.miniLogin.login(app, person);
			case "getPhone" -> this.miniLogin.phoneCode(app, person);
			case "oauthConsent" -> this.webLogin.consent(app, person, Json.text(wanted, "scope"));
			case "snapshotVisit" -> this.webLogin.snapshot(app, person);
			case "passwordChange" -> passwordChange(person);
			case "popup" -> popup(app, person, wanted);
			case "changeSetting" -> changeSetting(app, person, wanted);
			case "revokeAuthorization" -> revoke(app, standing, Json.text(wanted, "info", "1"));
			case "block", "unblock" -> receive(standing, "unblock".equals(action));
			case "flag", "unflag" -> flag(standing, "flag".equals(action));
			default -> throw new IllegalArgumentException("unknown action " + action);
		};
		ObjectNode answer = Json.object();
		if ("getPhone".equals(action) && this.miniLogin.sealedPhone(app, person) instanceof ObjectNode sealed) {
			answer.setAll(sealed);
		}
		return (code != null) ? answer.put("code", code) : answer;
	}

	private App app(String action, String appid) {
		if (!appid.isEmpty()) {
			return this.apps.get(appid);
		}
		boolean mini = List.of("wxLogin", "getPhone", "revokeAuthorization", "openMini").contains(action);
		return this.apps.first(mini ? AppKind.MINI : AppKind.SERVICE);
	}

	private @Nullable String follow(App app, Standing standing, String scene) {
		if (standing.follows()) {
			return null;
		}
		String how = scene.isEmpty() ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE";
		standing.follow(this.world.clock().instant(), how, scene);
		this.statistics.followed(app, how, true);
		ObjectNode fields = Json.object().put("EventKey", scene.isEmpty() ? "" : "qrscene_" + scene);
		if (!scene.isEmpty()) {
			fields.put("Ticket", ticket(app, scene));
		}
		return touch(app, standing, "subscribe", fields);
	}

	private @Nullable String unfollow(App app, Standing standing) {
		if (!standing.follows()) {
			return null;
		}
		this.statistics.followed(app, standing.scene(), false);
		standing.unfollow();
		return event(app, standing, "unsubscribe", Json.object().put("EventKey", ""));
	}

	private @Nullable String scan(App app, Standing standing, String scene) {
		if (!standing.follows()) {
			return follow(app, standing, scene);
		}
		return touch(app, standing, "SCAN", Json.object().put("EventKey", scene).put("Ticket", ticket(app, scene)));
	}

	/** The ticket of a code that was made, else of one that might have been. */
	private String ticket(App app, String scene) {
		String made = this.codes.ticket(app, scene);
		return (made != null) ? made : 'g' + this.world.ids().fixed("qr/" + app.appid() + '/' + scene, 95);
	}

	private String scene(JsonNode wanted) {
		String key = Json.text(wanted, "code");
		String ticket = key.isEmpty() ? Json.text(wanted, "ticket") : this.codes.ticketAt(key);
		if (ticket != null && ticket.isEmpty()) {
			return Json.text(wanted, "scene");
		}
		SceneCode code = (ticket != null) ? this.codes.live(ticket) : null;
		if (code == null) {
			throw new IllegalArgumentException("the code has expired");
		}
		return code.scene();
	}

	private @Nullable String click(App app, Standing standing, String key) {
		return touch(app, standing, "CLICK", Json.object().put("EventKey", key));
	}

	private @Nullable String view(App app, Standing standing, String url) {
		return event(app, standing, "VIEW", menuKey(app, url));
	}

	private ObjectNode menuKey(App app, String key) {
		Menu menu = this.menus.of(app);
		return Json.object().put("EventKey", key).put("MenuId", (menu != null) ? menu.id() : 0);
	}

	private @Nullable String reportLocation(App app, Standing standing, JsonNode wanted) {
		return event(app, standing, "LOCATION",
				Json.object()
					.put("Latitude", wanted.path("latitude").asDouble(36.889))
					.put("Longitude", wanted.path("longitude").asDouble(120.517))
					.put("Precision", wanted.path("precision").asDouble(30)));
	}

	private @Nullable String passwordChange(Person person) {
		this.webLogin.passwordChanged(person);
		return null;
	}

	/** Opens the mini-program: by a link, or from the menu's button. */
	private @Nullable String openMini(App app, Person person, JsonNode wanted) {
		Instant now = this.world.clock().instant();
		String link = Json.text(wanted, "link");
		App mini = (app.kind() == AppKind.MINI) ? app : this.apps.first(AppKind.MINI);
		if (!link.isEmpty()) {
			this.links.open(link, person.at(mini).openid());
		}
		person.at(mini).active(now);
		if (app.kind() == AppKind.MINI) {
			return null;
		}
		return event(app, person.at(app), "view_miniprogram", menuKey(app, Json.text(wanted, "page")));
	}

	/** Reads an article, and with {@code share}, {@code like} and others does more. */
	private @Nullable String read(Person person, JsonNode wanted) {
		Shown shown = this.pages.shown(Json.text(wanted, "url"));
		if (shown == null) {
			throw new IllegalArgumentException("no article there");
		}
		this.statistics.touched(shown.appid(), shown.messageId(), Touch.READ, person);
		for (Touch touch : Touch.values()) {
			if (Json.flag(wanted, touch.name().toLowerCase(Locale.ROOT))) {
				this.statistics.touched(shown.appid(), shown.messageId(), touch, person);
			}
		}
		return null;
	}

	private @Nullable String comment(App app, Person person, JsonNode wanted) {
		String url = Json.text(wanted, "url");
		this.comments.write(app, person, url, Json.text(wanted, "content"));
		Shown shown = this.pages.shown(url);
		if (shown != null) {
			this.statistics.touched(shown.appid(), shown.messageId(), Touch.COMMENT, person);
		}
		return null;
	}

	/** An event that the account may answer for a minute. */
	private @Nullable String touch(App app, Standing standing, String event, ObjectNode fields) {
		Instant now = this.world.clock().instant();
		standing.touched(AnswerWindow.afterTouch(now), now);
		return event(app, standing, event, fields);
	}

	private @Nullable String event(App app, Standing standing, String event, ObjectNode fields) {
		this.dispatcher.event(app, standing.openid(), event, fields);
		return null;
	}

	/**
	 * {@code results: {template: accept|reject}}, or {@code templateIds} that all are
	 * accepted.
	 */
	private @Nullable String popup(App app, Person person, JsonNode wanted) {
		Map<String, String> answers = new LinkedHashMap<>();
		texts(wanted.path("templateIds")).forEach((id) -> answers.put(id, Json.text(wanted, "answer", "accept")));
		wanted.path("results").properties().forEach((each) -> answers.put(each.getKey(), each.getValue().asString("")));
		this.consents.popup(app, person, answers, Json.flag(wanted, "always"),
				Json.text(wanted, "scene", (app.kind() == AppKind.MINI) ? "0" : "1"));
		return null;
	}

	private @Nullable String changeSetting(App app, Person person, JsonNode wanted) {
		this.consents.withdraw(app, person, texts(wanted.path("templateIds")));
		return null;
	}

	private static List<String> texts(JsonNode list) {
		List<String> texts = new ArrayList<>();
		list.values().forEach((each) -> texts.add(each.asString("")));
		return texts;
	}

	private @Nullable String revoke(App app, Standing standing, String info) {
		return event(app, standing, "user_authorization_revoke",
				Json.object().put("OpenID", standing.openid()).put("AppID", app.appid()).put("RevokeInfo", info));
	}

	private @Nullable String receive(Standing standing, boolean receives) {
		standing.refuseMessages(!receives);
		return null;
	}

	private @Nullable String flag(Standing standing, boolean risky) {
		standing.risky(risky);
		return null;
	}

}
