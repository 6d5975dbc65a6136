package cn.qingfeng.local.sandbox.control;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.fault.Faults;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.journal.Journal;
import cn.qingfeng.local.sandbox.mass.MassDelivery;
import cn.qingfeng.local.sandbox.menu.Menus;
import cn.qingfeng.local.sandbox.menu.Menus.Menu;
import cn.qingfeng.local.sandbox.message.Consents;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.PhoneMessage;
import cn.qingfeng.local.sandbox.token.Tickets;
import cn.qingfeng.local.sandbox.token.Tokens;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything under /_sandbox, for whoever knows the token.
 */
public final class ControlPlane {

	public static final String PREFIX = "/_sandbox/";

	private static final String TOKEN = "local";

	/** A foreign name that resolves to this machine is how a web page would sneak in. */
	private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:\\d+)?");

	private static final int LIMIT = 100;

	private static final int MOST = 5_000;

	private final SandboxClock clock;

	private final Apps apps;

	private final People people;

	private final Tokens tokens;

	private final Tickets tickets;

	private final Menus menus;

	private final Consents consents;

	private final MassDelivery mass;

	private final Actions actions;

	private final Bursts bursts;

	private final Journal journal;

	private final Dispatcher dispatcher;

	private final Faults faults;

	private final Snapshots snapshots;

	public ControlPlane(SandboxClock clock, Apps apps, People people, Tokens tokens, Tickets tickets, Menus menus,
			Consents consents, MassDelivery mass, Actions actions, Bursts bursts, Journal journal,
			Dispatcher dispatcher, Faults faults, Snapshots snapshots) {
		this.clock = clock;
		this.apps = apps;
		this.people = people;
		this.tokens = tokens;
		this.tickets = tickets;
		this.menus = menus;
		this.consents = consents;
		this.mass = mass;
		this.actions = actions;
		this.bursts = bursts;
		this.journal = journal;
		this.dispatcher = dispatcher;
		this.faults = faults;
		this.snapshots = snapshots;
	}

	public Reply answer(Call call) {
		if (!TOKEN.equals(call.header("x-sandbox-token"))) {
			return problem(403, "the header X-Sandbox-Token is missing");
		}
		if (!LOOPBACK.matcher(call.headers().getOrDefault("host", "")).matches()) {
			return problem(403, "only this machine may pull levers");
		}
		try {
			String[] parts = call.path().substring(PREFIX.length()).split("/");
			JsonNode answer = route(call.method() + ' ' + parts[0], parts, call);
			return (answer != null) ? Reply.json(answer) : problem(404, "no such lever");
		}
		catch (NoSuchElementException ex) {
			return problem(404, String.valueOf(ex.getMessage()));
		}
		catch (IllegalArgumentException | DateTimeParseException | JacksonException | WechatError ex) {
			return problem(400, String.valueOf(ex.getMessage()));
		}
	}

	private static Reply problem(int status, String detail) {
		return Reply.json(status, Json.object().put("status", status).put("detail", detail));
	}

	private @Nullable JsonNode route(String lever, String[] parts, Call call) {
		return switch (lever) {
			case "GET apps" -> list(this.apps.all().stream().map(App::view));
			case "PUT apps" -> changeApp(this.apps.get(part(parts, 1)), call.json());
			case "POST apps" -> order(this.apps.get(part(parts, 1)), part(parts, 2), call);
			case "GET mass" -> list(this.mass.underway());
			case "GET people" -> (parts.length > 1) ? ofPerson(parts, call) : search(call);
			case "POST people" -> (parts.length > 1) ? ofPerson(parts, call) : add(call.json());
			case "GET menu" -> menu(this.apps.get(part(parts, 1)), call.param("person"));
			case "GET journal" -> journal(parts, call);
			case "GET callbacks" -> callbacks(parts, call.query().get("appid"), call.query().get("event"), call);
			case "POST burst" -> this.bursts.start(call.json());
			case "POST jsapi" -> this.tickets.verify(call.json());
			case "GET faults" -> Json.MAPPER.valueToTree(this.faults.all());
			case "POST faults" -> Json.tree(this.faults.add(call.json()));
			case "DELETE faults" -> clearFaults();
			case "GET clock" -> now();
			case "PUT clock" -> setClock(call.json());
			case "POST snapshot" -> this.snapshots.take();
			case "POST restore" -> this.snapshots.restore(call.json());
			default -> null;
		};
	}

	private static String part(String[] parts, int index) {
		return (parts.length > index) ? parts[index] : "";
	}

	private @Nullable JsonNode order(App app, String what, Call call) {
		return switch (what) {
			case "verify-url" -> this.dispatcher.verify(app);
			case "events" -> event(app, call.json());
			case "mass-approval" ->
				Json.object().put("decided", this.mass.approve(app, Json.flag(call.json(), "approve")));
			default -> null;
		};
	}

	/**
	 * Any event that WeChat sends of its own accord: certification, review and others.
	 */
	private JsonNode event(App app, JsonNode wanted) {
		String event = Json.text(wanted, "event");
		if (event.isBlank()) {
			throw new IllegalArgumentException("which event?");
		}
		ObjectNode fields = wanted.path("fields").isObject() ? wanted.path("fields").asObject() : Json.object();
		this.dispatcher.event(app, Json.text(wanted, "openid", system(app)), event, fields);
		return Json.object();
	}

	private static String system(App app) {
		return "o-system-" + app.appid();
	}

	private JsonNode callbacks(String[] parts, @Nullable String appid, @Nullable String event, Call call) {
		return "summary".equals(part(parts, 1))
				? this.dispatcher.summary(appid, event, call.query().getOrDefault("key", ""))
				: list(this.dispatcher.outcomes(appid, event, limit(call)).stream());
	}

	private JsonNode changeApp(App app, JsonNode wanted) {
		ObjectNode settings = (ObjectNode) wanted.deepCopy();
		if (settings.remove("revokeTokens") instanceof JsonNode revoke && revoke.asBoolean(false)) {
			this.tokens.revokeAll(app);
		}
		app.change(settings);
		return app.view();
	}

	private JsonNode search(Call call) {
		String phone = call.param("phone");
		if (!phone.isEmpty()) {
			Person person = this.people.withPhone(phone);
			return list(Stream.ofNullable(person).map(PersonView::of).map(Json::tree));
		}
		String text = call.param("q").strip();
		return list(this.people.all()
			.stream()
			.filter((person) -> person.name().contains(text) || person.phone().startsWith(text)
					|| person.phone().endsWith(text))
			.limit(limit(call))
			.map(PersonView::of)
			.map(Json::tree));
	}

	private JsonNode add(JsonNode wanted) {
		String name = Json.text(wanted, "name");
		String phone = Json.text(wanted, "phone");
		if (name.isBlank() || !phone.matches("\\d{5,20}")) {
			throw new IllegalArgumentException("a person needs a name and a phone number");
		}
		return Json.tree(PersonView.of(this.people.add(name, phone)));
	}

	private @Nullable JsonNode ofPerson(String[] parts, Call call) {
		Person person = this.people.get(parts[1]);
		return switch (call.method() + ' ' + ((parts.length > 2) ? parts[2] : "")) {
			case "GET " -> Json.tree(PersonView.of(person));
			case "POST actions" -> this.actions.perform(person, call.json());
			case "GET consents" -> list(this.consents.view(this.apps.get(call.param("appid")), person));
			case "GET actions" -> Json.MAPPER.valueToTree(person.lastActions());
			case "GET messages" -> messages(person, call);
			case "GET grants" -> Json.MAPPER
				.valueToTree(person.standings().values().stream().map((standing) -> standing.grants()).toList());
			default -> null;
		};
	}

	private JsonNode messages(Person person, Call call) {
		long after = number(call, "after", 0);
		String appid = call.param("appid");
		return list(person.messages()
			.stream()
			.filter((message) -> message.number() > after && (appid.isEmpty() || message.appid().equals(appid)))
			.sorted(Comparator.comparingLong(PhoneMessage::number))
			.map(Json::tree));
	}

	private JsonNode menu(App app, String person) {
		Menu menu = person.isEmpty() ? this.menus.of(app) : this.menus.of(app, this.people.get(person));
		return (menu != null) ? Json.object().put("menuid", menu.id()).set("button", menu.buttons()) : Json.object();
	}

	private JsonNode journal(String[] parts, Call call) {
		String since = call.param("since");
		Instant from = since.isEmpty() ? null : OffsetDateTime.parse(since).toInstant();
		if (parts.length > 1 && "count".equals(parts[1])) {
			return Json.object().put("count", this.journal.count(call.param("path"), from));
		}
		return list(this.journal.find(call.param("path"), from, limit(call)).stream().map(Json::tree));
	}

	private JsonNode clearFaults() {
		this.faults.clear();
		return Json.object();
	}

	private JsonNode now() {
		return Json.object().put("now", this.clock.instant().atZone(SandboxClock.CHINA).toOffsetDateTime().toString());
	}

	private JsonNode setClock(JsonNode wanted) {
		String advance = Json.text(wanted, "advance");
		if (!advance.isEmpty()) {
			this.clock.advance(Duration.parse(advance));
		}
		else {
			this.clock.set(OffsetDateTime.parse(Json.text(wanted, "now")).toInstant());
		}
		return now();
	}

	private static int limit(Call call) {
		return (int) Math.clamp(number(call, "limit", LIMIT), 1L, (long) MOST);
	}

	private static long number(Call call, String name, long otherwise) {
		String value = call.param(name);
		return value.matches("\\d{1,18}") ? Long.parseLong(value) : otherwise;
	}

	private static ArrayNode list(Stream<? extends JsonNode> nodes) {
		ArrayNode list = Json.array();
		List<? extends JsonNode> all = nodes.toList();
		all.forEach(list::add);
		return list;
	}

}
