package cn.qingfeng.wechat.portal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a message, whether it came as XML or as JSON: one child or several, a
 * number or its text look the same from here, for WeChat does not keep to one of them.
 */
final class Fields {

	private static final Fields NONE = new Fields("");

	private final Map<String, List<Fields>> children = new LinkedHashMap<>();

	private String text;

	Fields(String text) {
		this.text = clean(text);
	}

	void add(String name, Fields child) {
		this.children.computeIfAbsent(name, (absent) -> new ArrayList<>(1)).add(child);
	}

	void append(String more) {
		this.text += clean(more);
	}

	boolean has(String name) {
		return this.children.containsKey(name);
	}

	List<Fields> all(String name) {
		return this.children.getOrDefault(name, List.of());
	}

	Fields first(String name) {
		List<Fields> found = all(name);
		return found.isEmpty() ? NONE : found.getFirst();
	}

	/** The text of a field, empty when it is missing. */
	String text(String name) {
		return first(name).text.strip();
	}

	/** A number however it was written, 0 when it is missing; refuses other text. */
	long number(String name) {
		String found = text(name);
		return found.isEmpty() ? 0 : Long.parseLong(found);
	}

	/** PostgreSQL keeps no NUL. */
	private static String clean(String text) {
		return text.replace("\0", "");
	}

}
