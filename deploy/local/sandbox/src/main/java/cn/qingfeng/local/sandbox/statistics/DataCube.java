package cn.qingfeng.local.sandbox.statistics;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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

	private static final int HOURS = 24;

	private static final int MONTH = 30;

	private static final int DETAILED_FOR = 7;

	/** Most people read at breakfast, at noon and in the evening. */
	private static final int[] WAKING = { 1, 0, 0, 0, 0, 1, 4, 9, 8, 5, 4, 5, 9, 6, 4, 4, 4, 5, 7, 8, 9, 7, 4, 2 };

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
		register(routes, "getarticletotal", 1, this::sinceSentOld);
		register(routes, "getuserreadhour", 1, this::readsByHour);
		register(routes, "getusersharehour", 1, this::sharesByHour);
		register(routes, "getupstreammsg", 7, this::messages);
		register(routes, "getupstreammsghour", 1, this::messagesByHour);
		register(routes, "getupstreammsgdist", 15, this::writers);
		register(routes, "getinterfacesummary", 30, this::callbacks);
		register(routes, "getinterfacesummaryhour", 1, this::callbacksByHour);
		together(routes, "getupstreammsgweek", DataCube::monday, this::messages, "msg_type");
		together(routes, "getupstreammsgmonth", DataCube::firstOfMonth, this::messages, "msg_type");
		together(routes, "getupstreammsgdistweek", DataCube::monday, this::writers, "count_interval");
		together(routes, "getupstreammsgdistmonth", DataCube::firstOfMonth, this::writers, "count_interval");
	}

	/** Days added up to weeks or months, each named by its first day. */
	private void together(Routes routes, String name, UnaryOperator<LocalDate> first, Figures figures, String kind) {
		routes.api("POST", "/datacube/" + name, Capability.STATISTICS, (app, call) -> {
			Map<String, ObjectNode> sums = new TreeMap<>();
			days(call, MONTH).forEach((day) -> figures.of(app, day).forEach((row) -> {
				String key = first.apply(day) + " " + row.path(kind).asInt();
				row.put("ref_date", first.apply(day).toString());
				sums.merge(key, row, (sum, more) -> added(sum, more, kind));
			}));
			ObjectNode answer = Json.object();
			ArrayNode list = answer.putArray("list");
			sums.values().forEach(list::add);
			return answer;
		});
	}

	private static ObjectNode added(ObjectNode sum, ObjectNode more, String kind) {
		more.propertyNames()
			.stream()
			.filter((name) -> !name.equals("ref_date") && !name.equals(kind))
			.forEach((name) -> sum.put(name, sum.path(name).asLong() + more.path(name).asLong()));
		return sum;
	}

	private static LocalDate monday(LocalDate day) {
		return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
	}

	private static LocalDate firstOfMonth(LocalDate day) {
		return day.withDayOfMonth(1);
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

	private Stream<ObjectNode> readsByHour(App app, LocalDate day) {
		return IntStream.range(0, HOURS).mapToObj((hour) -> {
			int readers = byHour(app, day, hour, Touch.READ);
			int kept = byHour(app, day, hour, Touch.FAVOURITE);
			return hourly(day, hour).put("user_source", 0)
				.put("int_page_read_user", readers)
				.put("int_page_read_count", readers + readers / 5)
				.put("ori_page_read_user", readers / 10)
				.put("ori_page_read_count", readers / 9)
				.put("add_to_fav_user", kept)
				.put("add_to_fav_count", kept);
		}).filter((row) -> row.path("int_page_read_user").asLong() > 0);
	}

	private Stream<ObjectNode> sharesByHour(App app, LocalDate day) {
		return IntStream.range(0, HOURS).mapToObj((hour) -> {
			int sharers = byHour(app, day, hour, Touch.SHARE);
			return hourly(day, hour).put("share_scene", 1).put("share_user", sharers).put("share_count", sharers);
		}).filter((row) -> row.path("share_user").asLong() > 0);
	}

	private int byHour(App app, LocalDate day, int hour, Touch touch) {
		int share = switch (touch) {
			case READ -> 1;
			case SHARE -> 40;
			default -> 0;
		};
		return this.statistics.articles(app).stream().mapToInt((article) -> {
			int usual = (share > 0) ? usual(app, day, article) / share : 0;
			return this.statistics.touched(app, day, hour, touch, article) + upTo(usual, hour) - upTo(usual, hour - 1);
		}).sum();
	}

	/** How many of a day's readers have read by the end of an hour. */
	private static int upTo(int usual, int hour) {
		return usual * IntStream.rangeClosed(0, hour).map((each) -> WAKING[each]).sum() / IntStream.of(WAKING).sum();
	}

	private Stream<ObjectNode> messagesByHour(App app, LocalDate day) {
		return IntStream.range(0, HOURS)
			.boxed()
			.flatMap((hour) -> TYPES.stream()
				.map((type) -> hourly(day, hour).put("msg_type", type)
					.put("msg_user", this.statistics.people(app, day, hour, "writers/" + type))
					.put("msg_count", this.statistics.count(app, day, hour, "messages/" + type))))
			.filter((row) -> row.path("msg_count").asLong() > 0);
	}

	/** How many people wrote how much: 1 to 5 messages, 6 to 10, more. */
	private Stream<ObjectNode> writers(App app, LocalDate day) {
		Map<Integer, Integer> counts = new TreeMap<>();
		this.statistics.members(app, day, "writers")
			.forEach((person) -> counts.merge(interval(this.statistics.count(app, day, "by/" + person)), 1,
					Integer::sum));
		return counts.entrySet()
			.stream()
			.map((each) -> row(day).put("count_interval", each.getKey()).put("msg_user", each.getValue()));
	}

	private static int interval(long messages) {
		if (messages > 10) {
			return 3;
		}
		return (messages > 5) ? 2 : 1;
	}

	private Stream<ObjectNode> callbacksByHour(App app, LocalDate day) {
		return IntStream.range(0, HOURS)
			.mapToObj((hour) -> hourly(day, hour)
				.put("callback_count", this.statistics.count(app, day, hour, "callbacks"))
				.put("fail_count", this.statistics.count(app, day, hour, "failedCallbacks"))
				.put("total_time_cost", this.statistics.count(app, day, hour, "callbackMillis"))
				.put("max_time_cost", this.statistics.count(app, day, hour, "slowestCallback")))
			.filter((row) -> row.path("callback_count").asLong() > 0);
	}

	private Stream<ObjectNode> sinceSentOld(App app, LocalDate day) {
		LocalDate today = this.world.clock().today();
		return this.statistics.articles(app)
			.stream()
			.filter((article) -> article.notified() && article.day().equals(day.toString()))
			.map((article) -> {
				ObjectNode row = row(day).put("msgid", article.messageId()).put("title", article.title());
				ArrayNode details = row.putArray("details");
				day.datesUntil(today).limit(DETAILED_FOR).forEach((each) -> details.add(untilThen(app, each, article)));
				return row;
			});
	}

	/** These older figures add up from the day of the message on. */
	private ObjectNode untilThen(App app, LocalDate until, Sent article) {
		List<LocalDate> days = LocalDate.parse(article.day()).datesUntil(until.plusDays(1)).toList();
		int readers = days.stream().mapToInt((day) -> readers(app, day, article)).sum();
		int sharers = days.stream().mapToInt((day) -> sharers(app, day, article)).sum();
		return Json.object()
			.put("stat_date", until.toString())
			.put("target_user", article.reached())
			.put("int_page_read_user", readers)
			.put("int_page_read_count", readers + readers / 5)
			.put("ori_page_read_user", readers / 10)
			.put("ori_page_read_count", readers / 9)
			.put("share_user", sharers)
			.put("share_count", sharers);
	}

	/** WeChat names an hour by its beginning: 1000 for ten o'clock. */
	private static ObjectNode hourly(LocalDate day, int hour) {
		return row(day).put("ref_hour", hour * 100);
	}

	private static ObjectNode row(LocalDate day) {
		return Json.object().put("ref_date", day.toString());
	}

	/** The rows of one day. */
	private interface Figures {

		Stream<ObjectNode> of(App app, LocalDate day);

	}

}
