package cn.qingfeng.local.sandbox.statistics;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often the mini-program was opened, day by day.
 */
public final class MiniVisits {

	private static final String PREFIX = "/datacube/getweanalysisappiddaily";

	private final World world;

	private final Statistics statistics;

	public MiniVisits(World world, Statistics statistics) {
		this.world = world;
		this.statistics = statistics;
	}

	public void register(Routes routes) {
		routes.api("POST", PREFIX + "summarytrend", Capability.MINI_LOGIN, this::summary);
		routes.api("POST", PREFIX + "visittrend", Capability.MINI_LOGIN, this::visits);
	}

	private JsonNode summary(App app, Call call) {
		return list(
				row(day(call)).put("visit_total", this.statistics.visitors(app)).put("share_pv", 0).put("share_uv", 0));
	}

	private JsonNode visits(App app, Call call) {
		LocalDate day = day(call);
		long sessions = this.statistics.count(app, day, "visits");
		return list(row(day).put("session_cnt", sessions)
			.put("visit_pv", sessions * 3)
			.put("visit_uv", this.statistics.people(app, day, "visitors"))
			.put("visit_uv_new", 0)
			.put("stay_time_uv", 62.5)
			.put("stay_time_session", 31.2)
			.put("visit_depth", 3));
	}

	private LocalDate day(Call call) {
		JsonNode body = call.json();
		String begin = Json.text(body, "begin_date");
		if (!begin.equals(Json.text(body, "end_date"))) {
			throw new WechatError(61501, "date range error");
		}
		try {
			LocalDate day = LocalDate.parse(begin, DateTimeFormatter.BASIC_ISO_DATE);
			if (!day.isBefore(this.world.clock().today())) {
				throw new WechatError(61501, "date range error");
			}
			return day;
		}
		catch (DateTimeParseException ex) {
			throw new WechatError(61500, "date format error");
		}
	}

	private static ObjectNode row(LocalDate day) {
		return Json.object().put("ref_date", day.format(DateTimeFormatter.BASIC_ISO_DATE));
	}

	private static JsonNode list(ObjectNode row) {
		ObjectNode answer = Json.object();
		answer.putArray("list").add(row);
		return answer;
	}

}
