package cn.qingfeng.local.sandbox.statistics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import tools.jackson.databind.JsonNode;

/**
 * What happened on which day and in which hour: follows, messages, callbacks, and what
 * people did with articles.
 */
public final class Statistics implements Remembered {

	private static final String EVER = "ever";

	private final SandboxClock clock;

	private Map<String, Long> counts = new HashMap<>();

	private Map<String, Set<String>> people = new HashMap<>();

	private List<Sent> articles = new ArrayList<>();

	public Statistics(SandboxClock clock) {
		this.clock = clock;
	}

	/** A person came, by a scene such as {@code ADD_SCENE_QR_CODE}, or left. */
	public void followed(App app, String scene, boolean came) {
		int source = switch (scene) {
			case "ADD_SCENE_SEARCH" -> 1;
			case "ADD_SCENE_PROFILE_CARD" -> 17;
			case "ADD_SCENE_QR_CODE" -> 30;
			default -> 0;
		};
		add(app, (came ? "new/" : "cancel/") + source, 1);
	}

	/** A person wrote a message of this kind. */
	public void wrote(App app, Person person, int type) {
		add(app, "messages/" + type, 1);
		add(app, "by/" + person.id(), 1);
		note(app.appid(), "writers/" + type, person);
		note(app.appid(), "writers", person);
	}

	/** A person opened the mini-program. */
	public void visited(App app, Person person) {
		add(app, "visits", 1);
		of(app.appid(), today(), "visitors").add(person.id());
		of(app.appid(), EVER, "visitors").add(person.id());
	}

	/** How many people ever opened the mini-program. */
	int visitors(App app) {
		return this.people.getOrDefault(key(app.appid(), EVER, "visitors"), Set.of()).size();
	}

	/** A callback came to its end. */
	public void calledBack(App app, boolean delivered, long millis) {
		add(app, "callbacks", 1);
		add(app, "callbackMillis", millis);
		if (!delivered) {
			add(app, "failedCallbacks", 1);
		}
		this.counts.merge(key(app.appid(), today(), "slowestCallback"), millis, Math::max);
		this.counts.merge(key(app.appid(), hour(), "slowestCallback"), millis, Math::max);
	}

	/** An article went out to so many people, or to none when it was only published. */
	public void sent(App app, String messageId, String title, int reached, boolean notified) {
		this.articles.add(new Sent(app.appid(), messageId, title, today(), reached, notified));
	}

	/** A person read an article, or shared or liked it. */
	public void touched(String appid, String messageId, Touch touch, Person person) {
		note(appid, touch.name() + '/' + messageId, person);
	}

	long count(App app, LocalDate day, String what) {
		return count(app, day.toString(), what);
	}

	long count(App app, LocalDate day, int hour, String what) {
		return count(app, period(day, hour), what);
	}

	int people(App app, LocalDate day, String what) {
		return members(app, day, what).size();
	}

	int people(App app, LocalDate day, int hour, String what) {
		return this.people.getOrDefault(key(app.appid(), period(day, hour), what), Set.of()).size();
	}

	/** The ids of those who did it on a day. */
	Set<String> members(App app, LocalDate day, String what) {
		return this.people.getOrDefault(key(app.appid(), day.toString(), what), Set.of());
	}

	int touched(App app, LocalDate day, Touch touch, Sent article) {
		return people(app, day, touch.name() + '/' + article.messageId());
	}

	int touched(App app, LocalDate day, int hour, Touch touch, Sent article) {
		return people(app, day, hour, touch.name() + '/' + article.messageId());
	}

	private long count(App app, String period, String what) {
		return this.counts.getOrDefault(key(app.appid(), period, what), 0L);
	}

	private void note(String appid, String what, Person person) {
		of(appid, today(), what).add(person.id());
		of(appid, hour(), what).add(person.id());
	}

	List<Sent> articles(App app) {
		return this.articles.stream().filter((article) -> article.appid().equals(app.appid())).toList();
	}

	private void add(App app, String what, long by) {
		this.counts.merge(key(app.appid(), today(), what), by, Long::sum);
		this.counts.merge(key(app.appid(), hour(), what), by, Long::sum);
	}

	private Set<String> of(String appid, String day, String what) {
		return this.people.computeIfAbsent(key(appid, day, what), (key) -> new HashSet<>());
	}

	private String hour() {
		return period(this.clock.today(), this.clock.instant().atZone(SandboxClock.CHINA).getHour());
	}

	private static String period(LocalDate day, int hour) {
		return "%sT%02d".formatted(day, hour);
	}

	private String today() {
		return this.clock.today().toString();
	}

	private static String key(String appid, String day, String what) {
		return appid + ' ' + day + ' ' + what;
	}

	@Override
	public String name() {
		return "statistics";
	}

	@Override
	public Object save() {
		return new Saved(this.counts, this.people, this.articles);
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.counts = state.counts();
		this.people = state.people();
		this.articles = state.articles();
	}

	/** What a person does with an article. */
	public enum Touch {

		READ, SHARE, LIKE, WATCH, FAVOURITE, COMMENT

	}

	/**
	 * An article that went out.
	 *
	 * @param reached how many got it in their chat
	 * @param notified whether it was sent rather than only published
	 */
	record Sent(String appid, String messageId, String title, String day, int reached, boolean notified) {
	}

	private record Saved(Map<String, Long> counts, Map<String, Set<String>> people, List<Sent> articles) {
	}

}
