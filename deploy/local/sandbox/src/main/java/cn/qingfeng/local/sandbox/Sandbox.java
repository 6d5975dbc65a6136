package cn.qingfeng.local.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import cn.qingfeng.local.sandbox.account.Operations;
import cn.qingfeng.local.sandbox.article.ArticlePages;
import cn.qingfeng.local.sandbox.article.Drafts;
import cn.qingfeng.local.sandbox.article.Publishing;
import cn.qingfeng.local.sandbox.callback.CallbackPost;
import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.callback.PassiveReplies;
import cn.qingfeng.local.sandbox.comment.Comments;
import cn.qingfeng.local.sandbox.control.Actions;
import cn.qingfeng.local.sandbox.control.Bursts;
import cn.qingfeng.local.sandbox.control.ControlPlane;
import cn.qingfeng.local.sandbox.control.Memory;
import cn.qingfeng.local.sandbox.control.Sayings;
import cn.qingfeng.local.sandbox.control.Snapshots;
import cn.qingfeng.local.sandbox.face.Authorization;
import cn.qingfeng.local.sandbox.face.Face;
import cn.qingfeng.local.sandbox.face.Resources;
import cn.qingfeng.local.sandbox.fault.Faults;
import cn.qingfeng.local.sandbox.http.Answered;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.HttpFront;
import cn.qingfeng.local.sandbox.http.PlatformPlane;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.Site;
import cn.qingfeng.local.sandbox.journal.Journal;
import cn.qingfeng.local.sandbox.link.MiniLinks;
import cn.qingfeng.local.sandbox.link.ShortKeys;
import cn.qingfeng.local.sandbox.login.Codes;
import cn.qingfeng.local.sandbox.login.MiniLogin;
import cn.qingfeng.local.sandbox.login.WebLogin;
import cn.qingfeng.local.sandbox.mass.MassDelivery;
import cn.qingfeng.local.sandbox.mass.MassSending;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.media.MediaApi;
import cn.qingfeng.local.sandbox.menu.Menus;
import cn.qingfeng.local.sandbox.message.Consents;
import cn.qingfeng.local.sandbox.message.CustomerService;
import cn.qingfeng.local.sandbox.message.SubscriptionSending;
import cn.qingfeng.local.sandbox.message.TemplateChoice;
import cn.qingfeng.local.sandbox.message.TemplateSending;
import cn.qingfeng.local.sandbox.message.Templates;
import cn.qingfeng.local.sandbox.qr.MiniCodes;
import cn.qingfeng.local.sandbox.qr.SceneCodes;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Chat;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.security.ContentChecks;
import cn.qingfeng.local.sandbox.statistics.DataCube;
import cn.qingfeng.local.sandbox.statistics.MiniVisits;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.token.Tickets;
import cn.qingfeng.local.sandbox.token.Tokens;
import cn.qingfeng.local.sandbox.user.Blacklist;
import cn.qingfeng.local.sandbox.user.Followers;
import cn.qingfeng.local.sandbox.user.Tags;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import cn.qingfeng.local.sandbox.world.World;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.JsonNode;

/**
 * WeChat on loopback: what the real client libraries call, what sends the callbacks, and
 * a phone to look at.
 */
public final class Sandbox implements AutoCloseable {

	private final World world;

	private final LoopResources loops = LoopResources.create("wechat-sandbox-http", 2, true);

	private final Scheduler owner;

	private final CallbackPost post;

	private final HttpFront front;

	private final Site site = new Site();

	private final Journal journal = new Journal();

	private final Faults faults;

	private final SandboxPeople people;

	private final SandboxApps apps;

	private final Dispatcher dispatcher;

	private final PlatformPlane platform;

	private final ControlPlane control;

	private final Face face;

	private final Memory memory;

	private Sandbox(SandboxOptions options) {
		this.world = new World(options.seed(), options.run());
		this.owner = Schedulers.fromExecutor(this.world);
		Timing timing = options.timing();
		SandboxClock clock = this.world.clock();
		Apps registry = new Apps(options.apps());
		People crowd = new People(this.world.ids(), registry);
		Chat chat = new Chat(clock, crowd);
		Quotas quotas = new Quotas(clock);
		Statistics statistics = new Statistics(clock);
		this.faults = new Faults(this.world.ids(), this::refuse);
		this.post = new CallbackPost(this.loops);
		this.dispatcher = new Dispatcher(this.world, timing, this.post, new PassiveReplies(crowd, chat), this.faults,
				statistics);

		Tokens tokens = new Tokens(this.world, registry, quotas);
		Tickets tickets = new Tickets(this.world);
		Codes codes = new Codes(this.world);
		MiniLogin miniLogin = new MiniLogin(this.world, tokens, crowd, codes, statistics);
		WebLogin webLogin = new WebLogin(this.world, tokens, registry, crowd, codes);
		Library library = new Library(this.world, this.site);
		ArticlePages pages = new ArticlePages(this.world, this.site, Resources.text("article.html"));
		Drafts drafts = new Drafts(this.world, library, pages);
		Publishing publishing = new Publishing(this.world, timing, registry, drafts, pages, statistics,
				this.dispatcher);
		Tags tags = new Tags(crowd);
		Menus menus = new Menus(crowd, tags);
		Comments comments = new Comments(this.world, pages);
		MassDelivery delivery = new MassDelivery(this.world, timing, registry, crowd, pages, chat, statistics,
				this.dispatcher);
		MassSending mass = new MassSending(this.world, crowd, tags, quotas, drafts, library, delivery);
		Templates templates = new Templates();
		Consents consents = new Consents(clock, templates, this.dispatcher);
		TemplateSending templateSending = new TemplateSending(this.world, timing, registry, crowd, quotas, templates,
				chat, this.dispatcher);
		SubscriptionSending subscriptions = new SubscriptionSending(this.world, timing, registry, crowd, templates,
				chat, consents);

		TemplateChoice choice = new TemplateChoice(this.world, templates);
		SceneCodes sceneCodes = new SceneCodes(this.world, this.site);
		MiniCodes miniCodes = new MiniCodes(this.site);
		MiniLinks miniLinks = new MiniLinks(this.world, this.site, quotas);
		ShortKeys shortKeys = new ShortKeys(this.world);

		Routes routes = new Routes();
		tokens.register(routes);
		tickets.register(routes);
		miniLogin.register(routes);
		webLogin.register(routes);
		new MediaApi(library).register(routes);
		drafts.register(routes);
		publishing.register(routes);
		mass.register(routes);
		comments.register(routes);
		templates.register(routes);
		choice.register(routes);
		templateSending.register(routes);
		subscriptions.register(routes);
		new Followers(crowd).register(routes);
		tags.register(routes);
		menus.register(routes);
		new Blacklist(crowd).register(routes);
		new CustomerService(clock, crowd, library, chat).register(routes);
		sceneCodes.register(routes);
		miniCodes.register(routes);
		miniLinks.register(routes);
		shortKeys.register(routes);
		new ContentChecks(this.world, timing, registry, crowd, this.dispatcher).register(routes);
		new DataCube(this.world, crowd, statistics).register(routes);
		new MiniVisits(this.world, statistics).register(routes);
		new Operations(clock, tokens, quotas, this.journal).register(routes);
		this.platform = new PlatformPlane(this.world, routes, registry, tokens, quotas, this.faults, this.journal);

		Sayings sayings = new Sayings(this.world, library, chat, statistics, this.dispatcher);
		Bursts bursts = new Bursts(this.world, registry, crowd, this.dispatcher);
		Actions actions = new Actions(this.world, registry, menus, sayings, consents, miniLogin, webLogin, sceneCodes,
				miniLinks, pages, comments, statistics, this.dispatcher);
		Snapshots snapshots = new Snapshots(clock,
				List.of(this.world.ids(), registry, crowd, quotas, this.faults, tokens, tickets, codes, miniLogin,
						webLogin, library, pages, comments, drafts, publishing, tags, menus, mass, delivery,
						mass.clientIds(), templates, choice, sceneCodes, miniCodes, miniLinks, shortKeys, statistics,
						templateSending, this.world.jobs()));
		this.control = new ControlPlane(clock, registry, crowd, tokens, tickets, menus, consents, delivery, actions,
				bursts, this.journal, this.dispatcher, this.faults, snapshots);
		this.face = new Face(pages, drafts, library, sceneCodes, miniLinks, statistics, crowd,
				new Authorization(registry, crowd, webLogin));
		this.people = new SandboxPeople(this.world, crowd, actions);
		this.apps = new SandboxApps(this.world, registry);

		this.memory = new Memory(options.memory(), snapshots);
		this.world.ask(() -> {
			registry.all().forEach(templates::equip);
			this.memory.recall();
			populate(options, registry, crowd);
			return true;
		});
		this.front = new HttpFront(options.port(), this.loops, this.owner, this::answer);
		this.site.at(baseUrl());
	}

	public static Sandbox start(SandboxOptions options) {
		return new Sandbox(options);
	}

	private void populate(SandboxOptions options, Apps registry, People crowd) {
		Instant before = this.world.clock().instant().minus(Duration.ofDays(30));
		for (Contact contact : options.people()) {
			boolean known = crowd.withPhone(contact.phone()) != null;
			Person person = crowd.add(contact.name(), contact.phone());
			if (!known && this.world.ids().chance("follows/" + contact.phone()) < options.following()) {
				registry.all()
					.stream()
					.filter((app) -> app.kind() != AppKind.MINI)
					.forEach((app) -> followedBefore(app, person, before));
			}
		}
	}

	private static void followedBefore(App app, Person person, Instant when) {
		person.at(app).follow(when, "ADD_SCENE_QR_CODE", "");
	}

	private Answered answer(Call call) {
		if (call.path().startsWith(ControlPlane.PREFIX)) {
			return new Answered(this.control.answer(call), null);
		}
		return this.platform.owns(call.path()) ? this.platform.answer(call)
				: new Answered(this.face.answer(call), null);
	}

	private void refuse(long millis) {
		this.front.refuse(Duration.ofMillis(millis));
	}

	public String baseUrl() {
		return "http://127.0.0.1:" + port();
	}

	public int port() {
		return this.front.port();
	}

	public SandboxClock clock() {
		return this.world.clock();
	}

	public SandboxPeople people() {
		return this.people;
	}

	public SandboxApps apps() {
		return this.apps;
	}

	/** How many calls came for paths that begin so. */
	public long calls(String path) {
		return this.world.ask(() -> this.journal.count(path, null));
	}

	/** How many callbacks are still on their way. */
	public long pendingCallbacks() {
		return this.world.ask(this.dispatcher::pending);
	}

	/** Sets a fault as {@code POST /_sandbox/faults} does. */
	public void fault(JsonNode wanted) {
		this.world.ask(() -> this.faults.add(wanted));
	}

	public void clearFaults() {
		this.world.ask(() -> {
			this.faults.clear();
			return true;
		});
	}

	@Override
	public void close() {
		this.front.close();
		this.world.ask(() -> {
			this.memory.keep();
			return true;
		});
		this.post.close();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(3))
			.onErrorResume((ex) -> Mono.empty())
			.block(Duration.ofSeconds(5));
		this.owner.dispose();
		this.world.close();
	}

}
