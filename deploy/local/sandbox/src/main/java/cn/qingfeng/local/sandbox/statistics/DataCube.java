package cn.qingfeng.local.sandbox.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.statistics.Statistics.Sent;
import cn.qingfeng.local.sandbox.statistics.Statistics.Touch;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 数据统计: the figures of a day from eight o'clock on the morning after. To what people here
 * did come the readers that a mass message usually finds, unless the account has the
 * switch {@code quietStatistics}.
 */
public final class DataCube {

	private static final LocalTime READY = LocalTime.of(8, 0);

	private static final int FOLLOWED_FOR = 30;

	private static final List<Integer> SOURCES = List.of(0, 1, 17, 30);

	private static final List<Integer> TYPES = List.of(1, 2, 3, 4, 6);

	/** The share of the recipients that reads on the first day and the days after. */
	private static final double[] READING = { 0.42, 0.12, 0.05, 0.03, 0.02, 0.01 };

	private final World world;

	private final People people;

	private final Statistics statistics;

	public DataCube(World world, People people, Statistics statistics) {
		this.world = world;
		this.people = people;
		this.statistics = statistics;
	}

	public void register(Routes routes) {
		register(routes, "getusersummary", 7, this::users);
		register(routes, "getusercumulate", 7, this::followers);
		register(routes, "getarticlesummary", 1, this::articlesOld);
		register(routes, "getuserread", 3, this::articlesOld);
		register(routes, "getusershare", 7, this::articlesOld);
		register(routes, "getarticleread", 1, this::articles);
		register(routes, "getarticleshare", 1, this::articles);
		register(routes, "getbizsummary", 30, this::account);
		register(routes, "getarticletotaldetail", 1, this::sinceSent);
		register(routes, "getupstreammsg", 7, this::messages);
		register(routes, "getinterfacesummary", 30, this::callbacks);
	}

	private void register(Routes routes, String name, int mostDays, Figures figures) {
		boolean tellsDelay = name.matches("getarticleread|getarticleshare|getbizsummary|getarticletotaldetail");
		routes.api("POST", "/datacube/" + name, Capability.STATISTICS, (app, call) -> {
			ObjectNode answer = Json.object();
			ArrayNode list = answer.putArray("list");
			boolean delayed = app.has("statisticsDelayed");
			days(call, mostDays).filter((day) -> !delayed).forEach((day) -> figures.of(app, day).forEach(list::add));
			return tellsDelay ? answer.put("is_delay", delayed) : answer;
		});
	}

	private Stream<LocalDate> days(Call call, int most) {
		JsonNode body = call.json();
		LocalDate begin = day(Json.text(body, "begin_date"));
		LocalDate end = day(Json.text(body, "end_date"));
		LocalDate yesterday = this.world.clock().today().minusDays(1);
		if (begin.isAfter(end) || end.isAfter(yesterday) || ChronoUnit.DAYS.between(begin, end) >= most) {
			throw new WechatError(61501, "date range error");
		}
		Instant now = this.world.clock().instant();
		if (end.equals(yesterday) && LocalTime.ofInstant(now, SandboxClock.CHINA).isBefore(READY)) {
			throw new WechatError(61503, "data not ready");
		}
		return begin.datesUntil(end.plusDays(1));
	}

	private static LocalDate day(String text) {
		try {
			return LocalDate.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw new WechatError(61500, "date format error");
		}
	}

	private Stream<ObjectNode> users(App app, LocalDate day) {
		return SOURCES.stream()
			.map((source) -> row(day).put("user_source", source)
				.put("new_user", this.statistics.count(app, day, "new/" + source))
				.put("cancel_user", this.statistics.count(app, day, "cancel/" + source)))
			.filter((row) -> row.path("new_user").asLong() + row.path("cancel_user").asLong() > 0);
	}

	private Stream<ObjectNode> followers(App app, LocalDate day) {
		long since = day.plusDays(1)
			.datesUntil(this.world.clock().today().plusDays(1))
			.mapToLong((later) -> change(app, later))
			.sum();
		return Stream.of(row(day).put("cumulate_user", this.people.followers(app).count() - since));
	}

	private long change(App app, LocalDate day) {
		return SOURCES.stream()
			.mapToLong((source) -> this.statistics.count(app, day, "new/" + source)
					- this.statistics.count(app, day, "cancel/" + source))
			.sum();
	}

	private Stream<ObjectNode> articles(App app, LocalDate day) {
		return alive(app, day).map((article) -> {
			ObjectNode row = row(day).put("msgid", article.messageId());
			row.set("detail", detail(app, day, article));
			return row;
		});
	}

	private Stream<ObjectNode> articlesOld(App app, LocalDate day) {
		return alive(app, day).map((article) -> {
			int readers = readers(app, day, article);
			int sharers = sharers(app, day, article);
			return row(day).put("msgid", article.messageId())
				.put("title", article.title())
				.put("int_page_read_user", readers)
				.put("int_page_read_count", readers + readers / 5)
				.put("ori_page_read_user", readers / 10)
				.put("ori_page_read_count", readers / 9)
				.put("share_user", sharers)
				.put("share_count", sharers)
				.put("add_to_fav_user", this.statistics.touched(app, day, Touch.FAVOURITE, article))
				.put("add_to_fav_count", this.statistics.touched(app, day, Touch.FAVOURITE, article));
		});
	}

	private Stream<ObjectNode> account(App app, LocalDate day) {
		ObjectNode detail = Json.object();
		List<ObjectNode> all = alive(app, day).map((article) -> detail(app, day, article)).toList();
		for (String figure : List.of("read_user", "share_user", "zaikan_user", "like_user", "comment_count",
				"collection_user")) {
			detail.put(figure, all.stream().mapToLong((each) -> each.path(figure).asLong()).sum());
		}
		detail.set("read_user_source", source(detail.path("read_user").asInt()));
		ObjectNode row = row(day);
		row.set("detail", detail);
		return Stream.of(row);
	}

	private Stream<ObjectNode> sinceSent(App app, LocalDate day) {
		LocalDate today = this.world.clock().today();
		return this.statistics.articles(app)
			.stream()
			.filter((article) -> article.day().equals(day.toString()))
			.map((article) -> {
				ObjectNode row = row(day).put("msgid", article.messageId());
				row.put("publish_type", article.notified() ? 0 : 1);
				ArrayNode details = row.putArray("detail_list");
				day.datesUntil(today)
					.limit(FOLLOWED_FOR)
					.forEach((each) -> details.add(detail(app, each, article).put("stat_date", each.toString())));
				return row;
			});
	}

	/** The articles of the last weeks that anybody read or shared on a day. */
	private Stream<Sent> alive(App app, LocalDate day) {
		return this.statistics.articles(app)
			.stream()
			.filter((article) -> readers(app, day, article) + sharers(app, day, article) > 0);
	}

	private ObjectNode detail(App app, LocalDate day, Sent article) {
		int readers = readers(app, day, article);
		ObjectNode detail = Json.object().put("read_user", readers);
		detail.set("read_user_source", source(readers));
		return detail.put("share_user", sharers(app, day, article))
			.put("zaikan_user", this.statistics.touched(app, day, Touch.WATCH, article))
			.put("like_user", this.statistics.touched(app, day, Touch.LIKE, article))
			.put("comment_count", this.statistics.touched(app, day, Touch.COMMENT, article))
			.put("collection_user", this.statistics.touched(app, day, Touch.FAVOURITE, article));
	}

	private static ArrayNode source(int readers) {
		ArrayNode sources = Json.array();
		sources.addObject().put("scene", "公众号消息").put("user_count", readers - readers / 4);
		sources.addObject().put("scene", "聊天会话").put("user_count", readers / 4);
		return sources;
	}

	private int readers(App app, LocalDate day, Sent article) {
		return this.statistics.touched(app, day, Touch.READ, article) + usual(app, day, article);
	}

	private int sharers(App app, LocalDate day, Sent article) {
		return this.statistics.touched(app, day, Touch.SHARE, article) + usual(app, day, article) / 40;
	}

	private int usual(App app, LocalDate day, Sent article) {
		long age = ChronoUnit.DAYS.between(LocalDate.parse(article.day()), day);
		if (age < 0 || age >= READING.length || app.has("quietStatistics")) {
			return 0;
		}
		double mood = 0.8 + 0.4 * this.world.ids().chance("reading/" + article.messageId() + '/' + day);
		return (int) Math.round(article.reached() * READING[(int) age] * mood);
	}

	private Stream<ObjectNode> messages(App app, LocalDate day) {
		return TYPES.stream()
			.map((type) -> row(day).put("msg_type", type)
				.put("msg_user", this.statistics.people(app, day, "writers/" + type))
				.put("msg_count", this.statistics.count(app, day, "messages/" + type)))
			.filter((row) -> row.path("msg_count").asLong() > 0);
	}

	private Stream<ObjectNode> callbacks(App app, LocalDate day) {
		return Stream.of(row(day).put("callback_count", this.statistics.count(app, day, "callbacks"))
			.put("fail_count", this.statistics.count(app, day, "failedCallbacks"))
			.put("total_time_cost", this.statistics.count(app, day, "callbackMillis"))
			.put("max_time_cost", this.statistics.count(app, day, "slowestCallback")));
	}

	private static ObjectNode row(LocalDate day) {
		return Json.object().put("ref_date", day.toString());
	}

	/** The rows of one day. */
	private interface Figures {

		Stream<ObjectNode> of(App app, LocalDate day);

	}

}
