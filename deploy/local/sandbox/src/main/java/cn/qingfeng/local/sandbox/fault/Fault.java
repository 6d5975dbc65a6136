package cn.qingfeng.local.sandbox.fault;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/**
 * A fault that waits for its calls.
 *
 * @param path the beginning of the paths it meets, where {@code *} stands for anything;
 * callbacks have the path {@code callback/} with their event or kind behind it
 * @param appid the account it meets, or empty for all
 * @param body what the call must say somewhere, for instance an openid, or empty
 * @param spread how much less or more than value it may be
 * @param probability how often it strikes
 * @param after how many calls it lets pass first
 * @param left how many times more, negative without end
 */
public record Fault(String id, String path, String appid, String body, FaultKind kind, long value, long spread,
		double probability, long after, long left) {

	/** The beginning of the paths of callbacks. */
	public static final String CALLBACK = "callback/";

	public Fault {
		// What was kept before faults could ask for it.
		body = Objects.requireNonNullElse(body, "");
	}

	static Fault from(String id, JsonNode wanted) {
		FaultKind kind = FaultKind.named(Json.text(wanted, "kind"));
		String everywhere = kind.ofCallbacks() ? CALLBACK : "/";
		Fault fault = new Fault(id, Json.text(wanted, "path", everywhere), Json.text(wanted, "appid"),
				Json.text(wanted, "body"), kind, Json.number(wanted, "value", kind.usual()),
				Json.number(wanted, "spread", 0), wanted.path("probability").asDouble(1),
				Json.number(wanted, "after", 0), Json.number(wanted, "next", -1));
		if (kind.ofCallbacks() != fault.path().startsWith(CALLBACK)) {
			throw new IllegalArgumentException(kind.wireName() + " does not happen to " + fault.path());
		}
		return fault;
	}

	boolean meets(String callPath, String callAppid, Supplier<String> callBody) {
		return this.left != 0 && (this.appid.isEmpty() || this.appid.equals(callAppid))
				&& (this.body.isEmpty() || callBody.get().contains(this.body))
				&& (this.path.contains("*") ? matches(callPath) : callPath.startsWith(this.path));
	}

	private boolean matches(String callPath) {
		String pattern = Stream.of(this.path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return Pattern.compile(pattern).matcher(callPath).lookingAt();
	}

	/** A call came by that the fault lets pass. */
	Fault passed() {
		return new Fault(this.id, this.path, this.appid, this.body, this.kind, this.value, this.spread,
				this.probability, this.after - 1, this.left);
	}

	Fault struck() {
		return (this.left < 0) ? this : new Fault(this.id, this.path, this.appid, this.body, this.kind, this.value,
				this.spread, this.probability, this.after, this.left - 1);
	}

	/**
	 * This strike, whose value lies somewhere within the spread.
	 * @param where between 0 and 1
	 */
	Fault within(double where) {
		long moved = Math.max(0, this.value + Math.round(this.spread * (2 * where - 1)));
		return (this.spread == 0) ? this : new Fault(this.id, this.path, this.appid, this.body, this.kind, moved, 0,
				this.probability, this.after, this.left);
	}

}
