package cn.qingfeng.local.sandbox.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Field;
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/**
 * A template of an account's own library.
 *
 * @param kind what it is sent with
 * @param content lines of {@code label:{{key.DATA}}}
 */
public record Template(String appid, Kind kind, String id, String title, String content) {

	private static final Pattern LINE = Pattern.compile("([^:：\\n]+)[:：]\\{\\{(\\w+)\\.DATA}}");

	/** Labels by key, in order. */
	Map<String, String> labels() {
		Map<String, String> labels = new LinkedHashMap<>();
		Matcher line = LINE.matcher(this.content);
		while (line.find()) {
			labels.put(line.group(2), line.group(1).strip());
		}
		return labels;
	}

	/** What the card shows, once every value has passed WeChat's rules. */
	List<Field> fill(JsonNode data) {
		List<Field> fields = new ArrayList<>();
		labels().forEach((key, label) -> {
			JsonNode part = data.path(key);
			String value = part.isObject() ? Json.text(part, "value") : part.asString("");
			if (!FieldRules.allow(key, value)) {
				throw new WechatError(47003, "argument invalid! data." + key + ".value");
			}
			fields.add(new Field(label, value));
		});
		return fields;
	}

	/** The three ways to send by template. */
	public enum Kind {

		TEMPLATE, ONE_TIME, LONG_TERM

	}

}
