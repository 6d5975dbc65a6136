package cn.qingfeng.local.sandbox.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;

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

	public Faults(Ids ids) {
		this.ids = ids;
	}

	public Fault add(JsonNode wanted) {
		Fault fault = Fault.from(this.ids.next("fault", 8), wanted);
		this.faults.add(fault);
		return fault;
	}

	public void clear() {
		this.faults.clear();
	}

	public List<Fault> all() {
		return List.copyOf(this.faults);
	}

	public @Nullable Fault strike(String path, String appid) {
		ListIterator<Fault> each = this.faults.listIterator();
		while (each.hasNext()) {
			Fault fault = each.next();
			if (!fault.meets(path, appid)) {
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
