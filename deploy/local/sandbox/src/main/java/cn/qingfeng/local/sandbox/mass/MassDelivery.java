package cn.qingfeng.local.sandbox.mass;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.article.Article;
import cn.qingfeng.local.sandbox.article.ArticlePages;
import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.mass.MassJob.Content;
import cn.qingfeng.local.sandbox.mass.MassJob.Progress;
import cn.qingfeng.local.sandbox.mass.MassJob.Status;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Chat;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Card;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries mass messages to the phones, a part of the targets at a time, and reports how
 * it ended. With 群发保护 (switch {@code massProtection}) the administrator is asked first.
 */
public final class MassDelivery implements Remembered {

	private static final String STEP = "mass";

	private static final String PATIENCE = "massApproval";

	private static final Duration APPROVAL = Duration.ofMinutes(30);

	private static final int STEPS = 20;

	private static final int A_MONTH = 4;

	private final World world;

	private final Timing timing;

	private final Apps apps;

	private final People people;

	private final ArticlePages pages;

	private final Chat chat;

	private final Statistics statistics;

	private final Dispatcher dispatcher;

	private Map<Long, MassJob> jobs = new LinkedHashMap<>();

	public MassDelivery(World world, Timing timing, Apps apps, People people, ArticlePages pages, Chat chat,
			Statistics statistics, Dispatcher dispatcher) {
		this.world = world;
		this.timing = timing;
		this.apps = apps;
		this.people = people;
		this.pages = pages;
		this.chat = chat;
		this.statistics = statistics;
		this.dispatcher = dispatcher;
		world.jobs().on(STEP, (payload) -> step(payload.asLong(0)));
		world.jobs().on(PATIENCE, (payload) -> decide(payload.asLong(0), "err(40002)"));
	}

	@Nullable MassJob find(long id) {
		return this.jobs.get(id);
	}

	/** The message with this client id that waits for the administrator, or nothing. */
	@Nullable MassJob held(App app, String clientId) {
		return this.jobs.values()
			.stream()
			.filter((job) -> job.status() == Status.HELD && job.appid().equals(app.appid()))
			.filter((job) -> !clientId.isEmpty() && job.clientId().equals(clientId))
			.findFirst()
			.orElse(null);
	}

	void start(App app, MassJob job) {
		this.jobs.put(job.id(), job);
		if (job.status() == Status.HELD) {
			this.world.jobs().after(APPROVAL, PATIENCE, Json.number(job.id()));
		}
		else {
			next(app, job);
		}
	}

	/** Takes articles back; a message still on its way stops. */
	void delete(MassJob job, int index) {
		List<String> urls = job.urls();
		for (int i = 0; i < urls.size(); i++) {
			if (index == 0 || index == i + 1) {
				this.pages.take(urls.get(i));
			}
		}
		if (index == 0) {
			this.jobs.put(job.id(), job.with(Status.DELETE));
		}
	}

	/** The administrator's answer to everything that waits; tells how much did. */
	public int approve(App app, boolean yes) {
		List<MassJob> held = this.jobs.values()
			.stream()
			.filter((job) -> job.status() == Status.HELD && job.appid().equals(app.appid()))
			.toList();
		held.forEach((job) -> decide(job.id(), yes ? "" : "err(40001)"));
		return held.size();
	}

	private void decide(long id, String refusal) {
		MassJob job = this.jobs.get(id);
		if (job == null || job.status() != Status.HELD) {
			return;
		}
		App app = this.apps.get(job.appid());
		if (refusal.isEmpty()) {
			MassJob sending = job.with(Status.SENDING);
			this.jobs.put(id, sending);
			next(app, sending);
		}
		else {
			fail(app, job, refusal);
		}
	}

	private void next(App app, MassJob job) {
		int steps = Math.clamp(job.targets().size(), 1, STEPS);
		Duration all = app.delay(STEP, this.timing.massJob());
		this.world.jobs().after(all.dividedBy(steps), STEP, Json.number(job.id()));
	}

	private void step(long id) {
		MassJob job = this.jobs.get(id);
		if (job == null || job.status() != Status.SENDING) {
			return;
		}
		App app = this.apps.get(job.appid());
		if (job.progress().equals(Progress.NONE)) {
			String refusal = refusal(app, job);
			if (refusal != null) {
				fail(app, job, refusal);
				return;
			}
			job = job.showing(cards(app, job));
		}
		MassJob further = carry(app, job);
		this.jobs.put(id, further);
		if (further.progress().done() < further.targets().size()) {
			next(app, further);
		}
		else {
			finish(app, further);
		}
	}

	/** Why nothing is sent, in WeChat's words, or nothing. */
	private static @Nullable String refusal(App app, MassJob job) {
		String chosen = app.outcome("mass");
		if (chosen != null) {
			return chosen;
		}
		return switch (reprint(app)) {
			case 2 -> job.anyway() ? null : "err(30003)";
			case 3 -> "err(30002)";
			default -> null;
		};
	}

	/** 1 no reprint, 2 a reprint that may be sent, 3 one that may not; 0 unchecked. */
	private static int reprint(App app) {
		String chosen = app.outcome("copyright");
		return (chosen != null && chosen.matches("[123]")) ? Integer.parseInt(chosen) : 0;
	}

	private List<Card> cards(App app, MassJob job) {
		List<Card> cards = new ArrayList<>();
		for (Article article : job.content().articles()) {
			String messageId = job.data() + "_" + (cards.size() + 1);
			cards.add(new Card(article.title(), article.digest(), article.thumbUrl(),
					this.pages.open(app, article, messageId)));
		}
		return cards;
	}

	private MassJob carry(App app, MassJob job) {
		int from = job.progress().done();
		int size = (job.targets().size() + STEPS - 1) / STEPS;
		int to = Math.min(job.targets().size(), from + size);
		List<Person> left = job.targets()
			.subList(from, to)
			.stream()
			.map(this.people::get)
			.filter((person) -> passes(app, person.at(app)))
			.toList();
		List<Person> readers = left.stream().filter((person) -> !person.at(app).refusesMessages()).toList();
		readers.forEach((person) -> person.at(app).countMass(this.world.clock().month()));
		if (!readers.isEmpty()) {
			show(app, job.content(), job.cards(), readers);
		}
		return job.with(job.progress().plus(to - from, left.size(), readers.size()));
	}

	private boolean passes(App app, Standing standing) {
		boolean within = app.kind() != AppKind.SERVICE
				|| standing.massReceived(this.world.clock().month()) < app.quota("massPerMonth", A_MONTH);
		return standing.follows() && !standing.blacklisted() && within;
	}

	/** What an editor looks at before everybody else does. */
	void preview(App app, Content content, Person person) {
		List<Card> cards = content.articles()
			.stream()
			.map((article) -> new Card(article.title(), article.digest(), article.thumbUrl(),
					this.pages.open(app, article, "")))
			.toList();
		show(app, content, cards, List.of(person));
	}

	private void show(App app, Content content, List<Card> cards, List<Person> readers) {
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
	}

	private void finish(App app, MassJob job) {
		this.jobs.put(job.id(), job.with(Status.SEND_SUCCESS));
		for (int i = 0; i < job.cards().size(); i++) {
			this.statistics.sent(app, job.data() + "_" + (i + 1), job.cards().get(i).title(), job.progress().sent(),
					true);
		}
		report(app, job, "send success", job.targets().size());
	}

	private void fail(App app, MassJob job, String why) {
		this.jobs.put(job.id(), job.with(Status.SEND_FAIL));
		report(app, job, why, 0);
	}

	private void report(App app, MassJob job, String status, int total) {
		Progress progress = job.progress();
		ObjectNode event = Json.object();
		event.put("MsgID", job.id());
		event.put("Status", status);
		event.put("TotalCount", total);
		event.put("FilterCount", progress.left());
		event.put("SentCount", progress.sent());
		event.put("ErrorCount", progress.left() - progress.sent());
		event.set("CopyrightCheckResult", copyright(app, job));
		ObjectNode addresses = event.putObject("ArticleUrlResult");
		addresses.put("Count", job.cards().size());
		ArrayNode items = addresses.putObject("ResultList").putArray("item");
		for (int i = 0; i < job.cards().size(); i++) {
			items.addObject().put("ArticleIdx", i + 1).put("ArticleUrl", job.cards().get(i).url());
		}
		this.dispatcher.event(app, this.world.ids().openid(app.appid(), "system"), "MASSSENDJOBFINISH", event);
	}

	private static ObjectNode copyright(App app, MassJob job) {
		int state = reprint(app);
		ObjectNode result = Json.object();
		if (state < 2) {
			return result.put("Count", 0).put("ResultList", "").put("CheckState", state);
		}
		result.put("Count", job.content().articles().size());
		ArrayNode items = result.putObject("ResultList").putArray("item");
		for (int i = 0; i < job.content().articles().size(); i++) {
			items.addObject()
				.put("ArticleIdx", i + 1)
				.put("UserDeclareState", 0)
				.put("AuditState", 2)
				.put("OriginalArticleUrl", "http://mp.weixin.qq.com/s/original")
				.put("OriginalArticleType", 1)
				.put("CanReprint", (state == 2) ? 1 : 0)
				.put("NeedReplaceContent", 1)
				.put("NeedShowReprintSource", 1);
		}
		return result.put("CheckState", state);
	}

	/** What is under way or waits, for a progress bar. */
	public Stream<ObjectNode> underway() {
		return this.jobs.values()
			.stream()
			.filter((job) -> job.status() == Status.SENDING || job.status() == Status.HELD)
			.map((job) -> Json.object()
				.put("id", job.id())
				.put("appid", job.appid())
				.put("waiting", job.status() == Status.HELD)
				.put("done", job.progress().done())
				.put("total", job.targets().size()));
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
