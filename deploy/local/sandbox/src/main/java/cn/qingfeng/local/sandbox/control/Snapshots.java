package cn.qingfeng.local.sandbox.control;

import java.time.Instant;
import java.util.List;

import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole state as one document. The journal and the callbacks are history, not state,
 * and stay out of it.
 */
public final class Snapshots {

	private final SandboxClock clock;

	private final List<Remembered> parts;

	public Snapshots(SandboxClock clock, List<Remembered> parts) {
		this.clock = clock;
		this.parts = parts;
	}

	public ObjectNode take() {
		ObjectNode snapshot = Json.object().put("now", this.clock.instant().toString());
		this.parts.forEach((part) -> snapshot.set(part.name(), Json.MAPPER.valueToTree(part.save())));
		return snapshot;
	}

	ObjectNode restore(JsonNode snapshot) {
		load(snapshot);
		this.clock.set(Instant.parse(Json.text(snapshot, "now")));
		return Json.object();
	}

	/** Takes the state over and leaves the clock as it runs. */
	public void load(JsonNode snapshot) {
		for (Remembered part : this.parts) {
			if (!snapshot.has(part.name())) {
				throw new IllegalArgumentException("the snapshot lacks " + part.name());
			}
		}
		this.parts.forEach((part) -> part.load(snapshot.path(part.name())));
	}

}
