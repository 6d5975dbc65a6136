package cn.qingfeng.local.sandbox.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import cn.qingfeng.local.sandbox.world.Ids;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The faults that are set. The first that meets a call strikes it.
 */
public final class Faults implements Remembered {

	private final Ids ids;

	private final List<Fault> faults = new ArrayList<>();

	private final LongConsumer refusal;

	/**
	 * Keeps the faults to come.
	 * @param ids for their names
	 * @param refusal closes the door for so many milliseconds
	 */
	public Faults(Ids ids, LongConsumer refusal) {
		this.ids = ids;
		this.refusal = refusal;
	}

	public Fault add(JsonNode wanted) {
		Fault fault = Fault.from(this.ids.next("fault", 8), wanted);
		if (fault.kind() == FaultKind.REFUSE) {
			this.refusal.accept(fault.value());
		}
		else {
			this.faults.add(fault);
		}
		return fault;
	}

	public void clear() {
		this.faults.clear();
	}

	public List<Fault> all() {
		return List.copyOf(this.faults);
	}

	/**
	 * The fault that strikes, or nothing.
	 * @param body of the call, empty for a callback
	 */
	public @Nullable Fault strike(String path, String appid, Supplier<String> body) {
		ListIterator<Fault> each = this.faults.listIterator();
		while (each.hasNext()) {
			Fault fault = each.next();
			if (!fault.meets(path, appid, body)) {
				continue;
			}
			if (fault.after() > 0) {
				each.set(fault.passed());
			}
			else if (this.ids.chance("fault/" + this.ids.nextRid()) < fault.probability()) {
				each.set(fault.struck());
				return fault.within(this.ids.chance("spread/" + this.ids.nextRid()));
			}
		}
		return null;
	}

	@Override
	public String name() {
		return "faults";
	}

	@Override
	public Object save() {
		return all();
	}

	@Override
	public void load(JsonNode saved) {
		this.faults.clear();
		saved.values().forEach((each) -> this.faults.add(Json.read(each, Fault.class)));
	}

}
