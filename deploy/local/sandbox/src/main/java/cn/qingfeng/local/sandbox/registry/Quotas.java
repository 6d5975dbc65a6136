package cn.qingfeng.local.sandbox.registry;

import java.util.HashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How often a path may be called on one day in China, and within one minute.
 */
public final class Quotas implements Remembered {

	private static final Map<String, Long> DAILY = Map.ofEntries(Map.entry("/cgi-bin/token", 2_000L),
			Map.entry("/cgi-bin/stable_token", 500_000L), Map.entry("/cgi-bin/menu/create", 1_000L),
			Map.entry("/cgi-bin/menu/get", 10_000L), Map.entry("/cgi-bin/menu/delete", 1_000L),
			Map.entry("/cgi-bin/media/upload", 100_000L), Map.entry("/cgi-bin/user/get", 500L),
			Map.entry("/cgi-bin/user/info", 5_000_000L), Map.entry("/cgi-bin/draft/add", 1_000L),
			Map.entry("/cgi-bin/draft/update", 1_000L), Map.entry("/cgi-bin/draft/delete", 1_000L),
			Map.entry("/cgi-bin/draft/count", 1_000L), Map.entry("/cgi-bin/draft/batchget", 1_000L),
			Map.entry("/cgi-bin/draft/get", 500L), Map.entry("/cgi-bin/freepublish/submit", 100L),
			Map.entry("/cgi-bin/freepublish/get", 100L), Map.entry("/cgi-bin/freepublish/delete", 100L),
			Map.entry("/cgi-bin/freepublish/getarticle", 100L), Map.entry("/cgi-bin/freepublish/batchget", 100L),
			Map.entry("/cgi-bin/message/template/send", 100_000L), Map.entry("/cgi-bin/message/custom/send", 500_000L),
			Map.entry("/cgi-bin/qrcode/create", 100_000L), Map.entry("/cgi-bin/message/subscribe/send", 10_000_000L),
			Map.entry("/cgi-bin/media/get", 200_000L), Map.entry("/cgi-bin/user/info/updateremark", 10_000L),
			Map.entry("/wxa/msg_sec_check", 2_000_000L), Map.entry("/wxa/media_check_async", 200_000L),
			Map.entry("/wxa/generate_urllink", 500_000L), Map.entry("/wxa/generatescheme", 500_000L));

	private static final Map<String, Long> MINUTELY = Map.of("/cgi-bin/stable_token", 10_000L,
			"/cgi-bin/message/mass/sendall", 60L, "/cgi-bin/message/mass/send", 60L, "/wxa/getwxacodeunlimit", 5_000L,
			"/wxa/msg_sec_check", 4_000L, "/wxa/media_check_async", 2_000L, "/sns/oauth2/access_token", 50_000L,
			"/sns/oauth2/refresh_token", 50_000L, "/sns/userinfo", 50_000L);

	private static final String A_MINUTE = " a minute";

	private final SandboxClock clock;

	private Map<String, Long> used = new HashMap<>();

	private Map<String, Integer> cleared = new HashMap<>();

	private String day = "";

	private final Map<String, Long> usedThisMinute = new HashMap<>();

	private long minute;

	public Quotas(SandboxClock clock) {
		this.clock = clock;
	}

	/** Counts a call; false when the day's share is used up. */
	public boolean take(App app, String path) {
		return take(app, path, DAILY.getOrDefault(path, Long.MAX_VALUE));
	}

	/** Counts a use of something that has no path of its own. */
	public boolean take(App app, String name, long usual) {
		String today = this.clock.today().toString();
		if (!today.equals(this.day)) {
			this.used.clear();
			this.day = today;
		}
		String key = app.appid() + ' ' + name;
		long before = this.used.getOrDefault(key, 0L);
		if (before >= app.quota(name, usual)) {
			return false;
		}
		this.used.put(key, before + 1);
		return true;
	}

	/**
	 * Counts a call against the minute's share, if the path has one. A share of its own
	 * is set under the path with {@code " a minute"} behind it.
	 */
	public boolean takeThisMinute(App app, String path) {
		Long usual = MINUTELY.get(path);
		if (usual == null) {
			return true;
		}
		long current = this.clock.seconds() / 60;
		if (current != this.minute) {
			this.usedThisMinute.clear();
			this.minute = current;
		}
		long most = app.quota(path + A_MINUTE, usual);
		return this.usedThisMinute.merge(app.appid() + ' ' + path, 1L, Long::sum) <= most;
	}

	/** The minute's share of a path, if it has one. */
	public @Nullable Long minuteLimit(App app, String path) {
		Long usual = MINUTELY.get(path);
		return (usual != null) ? Long.valueOf(app.quota(path + A_MINUTE, usual)) : null;
	}

	/** Starts the day's counts anew; false when that was done too often this month. */
	public boolean clear(App app, int aMonth) {
		String month = app.appid() + ' ' + this.clock.month();
		int before = this.cleared.getOrDefault(month, 0);
		if (before >= aMonth) {
			return false;
		}
		this.cleared.put(month, before + 1);
		this.used.keySet().removeIf((key) -> key.startsWith(app.appid() + ' '));
		return true;
	}

	/** The day's share of a path, if it has one. */
	public @Nullable Long limit(App app, String path) {
		Long usual = DAILY.get(path);
		return (usual != null) ? Long.valueOf(app.quota(path, usual)) : null;
	}

	public long used(App app, String path) {
		return this.clock.today().toString().equals(this.day) ? this.used.getOrDefault(app.appid() + ' ' + path, 0L)
				: 0;
	}

	@Override
	public String name() {
		return "quotas";
	}

	@Override
	public Object save() {
		return new Saved(this.day, this.used, this.cleared);
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.day = state.day();
		this.used = state.used();
		this.cleared = state.cleared();
	}

	private record Saved(String day, Map<String, Long> used, Map<String, Integer> cleared) {
	}

}
