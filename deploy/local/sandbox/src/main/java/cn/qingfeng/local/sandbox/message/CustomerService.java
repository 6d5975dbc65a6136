package cn.qingfeng.local.sandbox.message;

import java.time.Instant;
import java.util.List;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.Chat;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Card;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import tools.jackson.databind.JsonNode;

/**
 * Answers outside a callback: a few, and only soon after the person did something.
 */
public final class CustomerService {

	private final SandboxClock clock;

	private final People people;

	private final Library library;

	private final Chat chat;

	public CustomerService(SandboxClock clock, People people, Library library, Chat chat) {
		this.clock = clock;
		this.people = people;
		this.library = library;
		this.chat = chat;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/message/custom/send", Capability.CUSTOMER_SERVICE, this::send);
		routes.api("POST", "/cgi-bin/message/custom/typing", Capability.CUSTOMER_SERVICE, this::typing);
	}

	private JsonNode send(App app, Call call) {
		JsonNode body = call.json();
		Person person = reachable(app, body);
		String type = Json.text(body, "msgtype");
		JsonNode part = body.path(type);
		Runnable show = switch (type) {
			case "text" -> show(app, person, Json.text(part, "content"));
			case "image" -> {
				String picture = this.library.url(this.library.usable(app, Json.text(part, "media_id")));
				yield () -> this.chat.picture(app, person, picture);
			}
			case "news" -> news(app, person, part.path("articles"));
			case "msgmenu" -> show(app, person, menu(part));
			case "voice", "video", "music", "mpnewsarticle", "miniprogrampage", "link" ->
				show(app, person, Json.text(part, "title", "[" + type + "]"));
			default -> throw new WechatError(40008, "invalid message type");
		};
		spend(person.at(app));
		show.run();
		return Reply.done();
	}

	private Person reachable(App app, JsonNode body) {
		Person person = this.people.withOpenid(app, Json.text(body, "touser"));
		if (person == null) {
			throw WechatError.invalidOpenid();
		}
		Standing standing = person.at(app);
		if (app.kind() != AppKind.MINI && !standing.follows()) {
			throw new WechatError(43004, "require subscribe");
		}
		if (standing.refusesMessages()) {
			throw new WechatError(48002, "user reject send message");
		}
		return person;
	}

	private void spend(Standing standing) {
		Instant now = this.clock.instant();
		if (standing.window().closed(now)) {
			throw new WechatError(45015, "response out of time limit or subscription is canceled");
		}
		if (standing.window().left() == 0) {
			throw new WechatError(45047, "out of response count limit");
		}
		standing.window(standing.window().used());
	}

	private Runnable show(App app, Person person, String text) {
		if (text.isBlank()) {
			throw new WechatError(44004, "empty content");
		}
		return () -> this.chat.text(app, person, text);
	}

	private Runnable news(App app, Person person, JsonNode articles) {
		if (articles.size() != 1) {
			throw new WechatError(45008, "article size out of limit");
		}
		JsonNode article = articles.path(0);
		Card card = new Card(Json.text(article, "title"), Json.text(article, "description"),
				Json.text(article, "picurl"), Json.text(article, "url"));
		return () -> this.chat.articles(app, List.of(person), List.of(card));
	}

	private static String menu(JsonNode part) {
		StringBuilder text = new StringBuilder(Json.text(part, "head_content"));
		part.path("list").values().forEach((each) -> text.append('\n').append(Json.text(each, "content")));
		return text.append('\n').append(Json.text(part, "tail_content")).toString().strip();
	}

	private JsonNode typing(App app, Call call) {
		JsonNode body = call.json();
		if (!Json.text(body, "command").matches("Typing|CancelTyping")) {
			throw new WechatError(45072, "invalid command");
		}
		if (reachable(app, body).at(app).window().closed(this.clock.instant())) {
			throw new WechatError(45080, "need session in last 30s");
		}
		return Reply.done();
	}

}
