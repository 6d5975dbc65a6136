package cn.qingfeng.local.sandbox.mass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.article.Drafts;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.mass.MassJob.Content;
import cn.qingfeng.local.sandbox.mass.MassJob.Progress;
import cn.qingfeng.local.sandbox.mass.MassJob.Status;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.user.Tags;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 群发: accepted at once, delivered a little later, reported by an event.
 */
public final class MassSending implements Remembered {

	private static final int CALLS_A_DAY = 100;

	private static final int PREVIEWS_A_DAY = 100;

	private static final int FEWEST = 2;

	private static final int MOST = 10_000;

	private static final int USUAL_SPEED = 3;

	/** Ten thousands a minute, by the speed that the account chose. */
	private static final int[] REAL_SPEED = { 80, 60, 45, 30, 10 };

	private final World world;

	private final People people;

	private final Tags tags;

	private final Quotas quotas;

	private final Drafts drafts;

	private final Library library;

	private final MassDelivery delivery;

	private final ClientIds clientIds;

	private Map<String, Integer> speeds = new HashMap<>();

	public MassSending(World world, People people, Tags tags, Quotas quotas, Drafts drafts, Library library,
			MassDelivery delivery) {
		this.world = world;
		this.people = people;
		this.tags = tags;
		this.quotas = quotas;
		this.drafts = drafts;
		this.library = library;
		this.delivery = delivery;
		this.clientIds = new ClientIds(world.clock());
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/message/mass/sendall", Capability.MASS_BY_TAG, this::sendAll);
		routes.api("POST", "/cgi-bin/message/mass/send", Capability.MASS_BY_LIST, this::sendList);
		routes.api("POST", "/cgi-bin/message/mass/preview", Capability.MASS_BY_TAG, this::preview);
		routes.api("POST", "/cgi-bin/message/mass/get", Capability.MASS_BY_TAG, this::get);
		routes.api("POST", "/cgi-bin/message/mass/delete", Capability.MASS_BY_TAG, this::delete);
		routes.api("POST", "/cgi-bin/message/mass/speed/get", Capability.MASS_BY_TAG, this::speed);
		routes.api("POST", "/cgi-bin/message/mass/speed/set", Capability.MASS_BY_TAG, this::setSpeed);
	}

	public Remembered clientIds() {
		return this.clientIds;
	}

	private JsonNode sendAll(App app, Call call) {
		JsonNode body = call.json();
		JsonNode filter = body.path("filter");
		if (Json.flag(filter, "is_to_all")) {
			return submit(app, body, this.people.followers(app).toList());
		}
		int tag = (int) Json.number(filter, "tag_id", -1);
		if (!this.tags.exists(app, tag)) {
			throw new WechatError(40152, "invalid tag_id");
		}
		return submit(app, body,
				this.people.followers(app).filter((person) -> person.at(app).tags().contains(tag)).toList());
	}

	private JsonNode sendList(App app, Call call) {
		JsonNode body = call.json();
		JsonNode openids = body.path("touser");
		if (openids.size() < FEWEST || openids.size() > MOST) {
			throw new WechatError(40130, "invalid openid list size, at least two openid");
		}
		List<Person> targets = new ArrayList<>();
		for (JsonNode openid : openids.values()) {
			Person person = this.people.withOpenid(app, openid.asString(""));
			if (person == null) {
				throw WechatError.invalidOpenid();
			}
			targets.add(person);
		}
		return submit(app, body, targets);
	}

	private JsonNode submit(App app, JsonNode body, List<Person> targets) {
		String clientId = Json.text(body, "clientmsgid");
		MassJob held = this.delivery.held(app, clientId);
		if (held != null) {
			throw protects(89504, "waiting for the administrator's approval", held);
		}
		this.clientIds.check(app, clientId);
		content(app, body, false);
		long daily = (app.kind() == AppKind.SUBSCRIPTION) ? 1 : CALLS_A_DAY;
		if (!this.quotas.take(app, "/cgi-bin/message/mass/", daily)) {
			throw new WechatError(45028, "has no masssend quota");
		}
		MassJob job = job(app, body, targets, clientId);
		this.clientIds.remember(app, clientId, job.id(), job.data());
		this.delivery.start(app, job);
		if (job.status() == Status.HELD) {
			throw protects(89505, "the administrator must approve", job);
		}
		return ids(Reply.done("send job submission success"), job);
	}

	private MassJob job(App app, JsonNode body, List<Person> targets, String clientId) {
		return new MassJob(this.world.ids().nextShortNumber(), this.world.ids().nextShortNumber(), app.appid(),
				targets.stream().map(Person::id).toList(), content(app, body, true), clientId,
				Json.number(body, "send_ignore_reprint", 0) == 1,
				app.has("massProtection") ? Status.HELD : Status.SENDING, Progress.NONE, List.of());
	}

	private static WechatError protects(int code, String message, MassJob job) {
		return new WechatError(code, message, ids(Json.object(), job));
	}

	private static ObjectNode ids(ObjectNode answer, MassJob job) {
		return answer.put("msg_id", job.id()).put("msg_data_id", job.data());
	}

	/** Reads what to send; a real send uses the draft up, a preview leaves it. */
	private Content content(App app, JsonNode body, boolean use) {
		String type = Json.text(body, "msgtype");
		JsonNode part = body.path(type);
		String media = Json.text(part, "media_id");
		return switch (type) {
			case "mpnews" ->
				new Content(use ? this.drafts.consume(app, media) : this.drafts.articles(app, media), null, null);
			case "text" -> new Content(List.of(), text(part), null);
			case "image", "images" -> {
				JsonNode images = body.path("images").path("media_ids");
				String id = images.isEmpty() ? media : images.path(0).asString("");
				yield new Content(List.of(), null, this.library.url(this.library.usable(app, id)));
			}
			default -> throw new WechatError(40008, "invalid message type");
		};
	}

	private static String text(JsonNode part) {
		String text = Json.text(part, "content");
		if (text.isBlank()) {
			throw new WechatError(44004, "empty content");
		}
		return text;
	}

	private JsonNode preview(App app, Call call) {
		JsonNode body = call.json();
		Person person = viewer(app, body);
		if (!person.at(app).follows()) {
			throw new WechatError(43004, "require subscribe");
		}
		this.delivery.preview(app, content(app, body, false), person);
		return Reply.done("preview success").put("msg_id", this.world.ids().nextShortNumber());
	}

	/** By openid, or by WeChat name, which is the phone number here. */
	private Person viewer(App app, JsonNode body) {
		String name = Json.text(body, "towxname");
		Person person = name.isEmpty() ? this.people.withOpenid(app, Json.text(body, "touser"))
				: this.people.withPhone(name);
		if (person == null) {
			throw name.isEmpty() ? WechatError.invalidOpenid() : new WechatError(40132, "invalid username");
		}
		if (!name.isEmpty() && !this.quotas.take(app, "preview by name", PREVIEWS_A_DAY)) {
			throw new WechatError(45009, "reach max api daily quota limit");
		}
		return person;
	}

	private JsonNode get(App app, Call call) {
		MassJob job = owned(app, Json.number(call.json(), "msg_id", 0));
		return Json.object().put("msg_id", job.id()).put("msg_status", job.status().told());
	}

	private JsonNode delete(App app, Call call) {
		JsonNode body = call.json();
		MassJob job = owned(app, Json.number(body, "msg_id", 0));
		if (job.content().articles().isEmpty()) {
			throw new WechatError(40060, "only articles and videos can be deleted");
		}
		this.delivery.delete(job, (int) Json.number(body, "article_idx", 0));
		return Reply.done();
	}

	private MassJob owned(App app, long id) {
		MassJob job = this.delivery.find(id);
		if (job == null || !job.appid().equals(app.appid())) {
			throw new WechatError(40059, "invalid msg id");
		}
		return job;
	}

	private JsonNode speed(App app, Call call) {
		int speed = this.speeds.getOrDefault(app.appid(), USUAL_SPEED);
		return Json.object().put("speed", speed).put("realspeed", REAL_SPEED[speed]);
	}

	private JsonNode setSpeed(App app, Call call) {
		JsonNode body = call.json();
		if (!body.has("speed")) {
			throw new WechatError(45084, "no speed param");
		}
		long speed = Json.number(body, "speed", -1);
		if (speed < 0 || speed >= REAL_SPEED.length) {
			throw new WechatError(45083, "speed param invalid");
		}
		this.speeds.put(app.appid(), (int) speed);
		return Reply.done();
	}

	@Override
	public String name() {
		return "massSpeeds";
	}

	@Override
	public Object save() {
		return new Saved(this.speeds);
	}

	@Override
	public void load(JsonNode saved) {
		this.speeds = Json.read(saved, Saved.class).speeds();
	}

	private record Saved(Map<String, Integer> speeds) {
	}

}
