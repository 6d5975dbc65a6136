package cn.qingfeng.local.sandbox.fault;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/**
 * A fault that waits for its calls.
 *
 * @param path the beginning of the paths it meets
 * @param appid the account it meets, or empty for all
 * @param probability how often it strikes
 * @param left how many times more, negative without end
 */
public record Fault(String id, String path, String appid, FaultKind kind, long value, double probability, long left) {

	static Fault from(String id, JsonNode wanted) {
		FaultKind kind = FaultKind.named(Json.text(wanted, "kind"));
		return new Fault(id, Json.text(wanted, "path", "/"), Json.text(wanted, "appid"), kind,
				Json.number(wanted, "value", kind.usual()), wanted.path("probability").asDouble(1),
				Json.number(wanted, "next", -1));
	}

	boolean meets(String callPath, String callAppid) {
		return this.left != 0 && callPath.startsWith(this.path)
				&& (this.appid.isEmpty() || this.appid.equals(callAppid));
	}

	Fault struck() {
		return (this.left < 0) ? this
				: new Fault(this.id, this.path, this.appid, this.kind, this.value, this.probability, this.left - 1);
	}

}
