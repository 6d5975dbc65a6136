package cn.qingfeng.local.sandbox.control;

import java.util.List;

import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many events in a short time, in real time: everybody taps the menu at once.
 */
public final class Bursts {

	private static final int MOST = 50_000;

	private static final long STEP_MILLIS = 20;

	private final World world;

	private final Apps apps;

	private final People people;

	private final Dispatcher dispatcher;

	public Bursts(World world, Apps apps, People people, Dispatcher dispatcher) {
		this.world = world;
		this.apps = apps;
		this.people = people;
		this.dispatcher = dispatcher;
	}

	/** {@code appid, perSecond, seconds, event, key}; tells how many events will come. */
	JsonNode start(JsonNode wanted) {
		long perSecond = Json.number(wanted, "perSecond", 100);
		long count = perSecond * Json.number(wanted, "seconds", 1);
		if (perSecond < 1 || count < 1 || count > MOST) {
			throw new IllegalArgumentException("a burst has 1 to " + MOST + " events");
		}
		App app = this.apps.get(Json.text(wanted, "appid"));
		List<Person> everybody = List.copyOf(this.people.all());
		if (everybody.isEmpty()) {
			throw new IllegalArgumentException("nobody is there");
		}
		Burst burst = new Burst(app, everybody, Json.text(wanted, "event", "CLICK"), Json.text(wanted, "key", "BURST"),
				count, perSecond, System.nanoTime());
		step(burst, 0);
		return Json.object().put("events", count);
	}

	/** Sends what should have been sent by now, so that a late step makes up for it. */
	private void step(Burst burst, long sent) {
		long due = Math.min(burst.count(), burst.due(System.nanoTime()));
		for (long number = sent; number < due; number++) {
			Person person = burst.people().get((int) (number % burst.people().size()));
			// The key tells the events of one person and second apart.
			ObjectNode fields = Json.object().put("EventKey", burst.key() + '-' + number);
			this.dispatcher.event(burst.app(), person.at(burst.app()).openid(), burst.event(), fields);
		}
		if (due < burst.count()) {
			this.world.later(STEP_MILLIS, () -> step(burst, due));
		}
	}

	private record Burst(App app, List<Person> people, String event, String key, long count, long perSecond,
			long started) {

		long due(long now) {
			return (now - this.started) * this.perSecond / 1_000_000_000L + 1;
		}

	}

}
