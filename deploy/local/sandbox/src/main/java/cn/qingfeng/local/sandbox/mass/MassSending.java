package cn.qingfeng.local.sandbox.mass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.article.Article;
import cn.qingfeng.local.sandbox.article.ArticlePages;
import cn.qingfeng.local.sandbox.article.Drafts;
import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.mass.MassJob.Content;
import cn.qingfeng.local.sandbox.mass.MassJob.Status;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.Chat;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Card;
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.user.Tags;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 群发: accepted at once, delivered a little later, reported by an event.
 */
public final class MassSending implements Remembered {

	private static final String JOB = "mass";

	private static final int CALLS_A_DAY = 100;

	private static final int A_MONTH = 4;

	private static final int FEWEST = 2;

	private static final int MOST = 10_000;

	private final World world;

	private final Timing timing;

	private final Apps apps;

	private final People people;

	private final Tags tags;

	private final Quotas quotas;

	private final Drafts drafts;

	private final ArticlePages pages;

	private final Library library;

	private final Chat chat;

	private final Dispatcher dispatcher;

	private final ClientIds clientIds;

	private Map<Long, MassJob> jobs = new LinkedHashMap<>();

	public MassSending(World world, Timing timing, Apps apps, People people, Tags tags, Quotas quotas, Drafts drafts,
			ArticlePages pages, Library library, Chat chat, Dispatcher dispatcher) {
		this.world = world;
		this.timing = timing;
		this.apps = apps;
		this.people = people;
		this.tags = tags;
		this.quotas = quotas;
		this.drafts = drafts;
		this.pages = pages;
		this.library = library;
		this.chat = chat;
		this.dispatcher = dispatcher;
		this.clientIds = new ClientIds(world.clock());
		world.jobs().on(JOB, (payload) -> deliver(payload.asLong(0)));
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/message/mass/sendall", Capability.MASS_BY_TAG, this::sendAll);
		routes.api("POST", "/cgi-bin/message/mass/send", Capability.MASS_BY_LIST, this::sendList);
		routes.api("POST", "/cgi-bin/message/mass/preview", Capability.MASS_BY_TAG, this::preview);
		routes.api("POST", "/cgi-bin/message/mass/get", Capability.MASS_BY_TAG, this::get);
		routes.api("POST", "/cgi-bin/message/mass/delete", Capability.MASS_BY_TAG, this::delete);
		routes.api("POST", "/cgi-bin/message/mass/speed/get", Capability.MASS_BY_TAG,
				(app, call) -> Json.object().put("speed", 3).put("realspeed", 15));
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
		this.clientIds.check(app, clientId);
		Content content = content(app, body, false);
		long daily = (app.kind() == AppKind.SUBSCRIPTION) ? 1 : CALLS_A_DAY;
		if (!this.quotas.take(app, "/cgi-bin/message/mass/", daily)) {
			throw new WechatError(45028, "has no masssend quota");
		}
		content(app, body, true);
		long id = this.world.ids().nextShortNumber();
		long data = this.world.ids().nextShortNumber();
		this.jobs.put(id, new MassJob(id, app.appid(), targets.stream().map(Person::id).toList(), content,
				Status.SENDING, List.of()));
		this.clientIds.remember(app, clientId, id, data);
		this.world.jobs().after(this.timing.massJob(), JOB, Json.number(id));
		ObjectNode answer = Reply.done("send job submission success");
		answer.put("msg_id", id);
		answer.put("msg_data_id", data);
		return answer;
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

	private void deliver(long id) {
		MassJob job = this.jobs.get(id);
		if (job == null || job.status() != Status.SENDING) {
			return;
		}
		App app = this.apps.get(job.appid());
		List<Person> left = new ArrayList<>();
		for (String target : job.targets()) {
			Person person = this.people.get(target);
			Standing standing = person.at(app);
			if (standing.follows() && !standing.blacklisted() && withinMonth(app, standing)) {
				left.add(person);
			}
		}
		List<Person> readers = left.stream().filter((person) -> !person.at(app).refusesMessages()).toList();
		readers.forEach((person) -> person.at(app).countMass(this.world.clock().month()));
		List<String> urls = show(app, job.content(), readers);
		this.jobs.put(id, job.sent(urls));
		report(app, job, left.size(), readers.size(), urls);
	}

	private boolean withinMonth(App app, Standing standing) {
		return app.kind() != AppKind.SERVICE
				|| standing.massReceived(this.world.clock().month()) < app.quota("massPerMonth", A_MONTH);
	}

	private List<String> show(App app, Content content, List<Person> readers) {
		List<String> urls = new ArrayList<>();
		List<Card> cards = new ArrayList<>();
		for (Article article : content.articles()) {
			String url = this.pages.open(app, article);
			urls.add(url);
			cards.add(new Card(article.title(), article.digest(), article.thumbUrl(), url));
		}
		if (!cards.isEmpty()) {
			this.chat.articles(app, readers, cards);
		}
		String text = content.text();
		if (text != null) {
			this.chat.texts(app, readers, text);
		}
		String picture = content.picture();
		if (picture != null) {
			readers.forEach((person) -> this.chat.picture(app, person, picture));
		}
		return urls;
	}

	private void report(App app, MassJob job, int left, int sent, List<String> urls) {
		ObjectNode event = Json.object();
		event.put("MsgID", job.id());
		event.put("Status", "send success");
		event.put("TotalCount", job.targets().size());
		event.put("FilterCount", left);
		event.put("SentCount", sent);
		event.put("ErrorCount", left - sent);
		ObjectNode copyright = event.putObject("CopyrightCheckResult");
		copyright.put("Count", 0);
		copyright.put("ResultList", "");
		copyright.put("CheckState", 0);
		ObjectNode addresses = event.putObject("ArticleUrlResult");
		addresses.put("Count", urls.size());
		ArrayNode items = addresses.putObject("ResultList").putArray("item");
		for (int i = 0; i < urls.size(); i++) {
			items.addObject().put("ArticleIdx", i + 1).put("ArticleUrl", urls.get(i));
		}
		this.dispatcher.event(app, this.world.ids().openid(app.appid(), "system"), "MASSSENDJOBFINISH", event);
	}

	private JsonNode preview(App app, Call call) {
		JsonNode body = call.json();
		Person person = this.people.withOpenid(app, Json.text(body, "touser"));
		if (person == null) {
			throw WechatError.invalidOpenid();
		}
		if (!person.at(app).follows()) {
			throw new WechatError(43004, "require subscribe");
		}
		Content content = content(app, body, false);
		show(app, content, List.of(person));
		return Reply.done("preview success").put("msg_id", this.world.ids().nextShortNumber());
	}

	private JsonNode get(App app, Call call) {
		MassJob job = owned(app, Json.number(call.json(), "msg_id", 0));
		return Json.object().put("msg_id", job.id()).put("msg_status", job.status().name());
	}

	private JsonNode delete(App app, Call call) {
		JsonNode body = call.json();
		MassJob job = owned(app, Json.number(body, "msg_id", 0));
		if (job.content().articles().isEmpty()) {
			throw new WechatError(40060, "only articles and videos can be deleted");
		}
		int index = (int) Json.number(body, "article_idx", 0);
		for (int i = 0; i < job.urls().size(); i++) {
			if (index == 0 || index == i + 1) {
				this.pages.take(job.urls().get(i));
			}
		}
		if (index == 0) {
			this.jobs.put(job.id(), job.with(Status.DELETE));
		}
		return Reply.done();
	}

	private MassJob owned(App app, long id) {
		MassJob job = this.jobs.get(id);
		if (job == null || !job.appid().equals(app.appid())) {
			throw new WechatError(40059, "invalid msg id");
		}
		return job;
	}

	@Override
	public String name() {
		return "mass";
	}

	@Override
	public Object save() {
		return new Saved(this.jobs);
	}

	@Override
	public void load(JsonNode saved) {
		this.jobs = Json.read(saved, Saved.class).jobs();
	}

	private record Saved(Map<Long, MassJob> jobs) {
	}

}
