package cn.qingfeng.local.sandbox.http;

import java.util.Set;
import java.util.function.Consumer;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers that are not quite as documented, as WeChat gives them now and then.
 */
final class Distortion {

	private static final Set<String> IDS = Set.of("msgid", "msg_id", "msg_data_id", "publish_id");

	private static final Set<String> FIXED = Set.of("errcode", "errmsg");

	private Distortion() {
	}

	/** Text for numbers, and numbers for text that is one. */
	static Reply types(Reply reply) {
		return changed(reply, Distortion::swapTypes);
	}

	private static void swapTypes(ObjectNode object) {
		for (String name : Set.copyOf(object.propertyNames())) {
			JsonNode value = object.path(name);
			if (value.isObject()) {
				swapTypes(value.asObject());
			}
			else if (value instanceof ArrayNode list) {
				list.values().stream().filter(JsonNode::isObject).forEach((each) -> swapTypes(each.asObject()));
			}
			else if (!FIXED.contains(name)) {
				object.set(name, swapped(value));
			}
		}
	}

	private static JsonNode swapped(JsonNode value) {
		if (value.isIntegralNumber()) {
			return Json.string(value.asString(""));
		}
		boolean number = value.isString() && value.asString("").matches("[1-9]\\d{0,17}");
		return number ? Json.number(Long.parseLong(value.asString(""))) : value;
	}

	/** Fields that nobody documented, of every kind. */
	static Reply unknownFields(Reply reply) {
		return changed(reply, (body) -> {
			body.put("a_new_number", Long.MAX_VALUE).put("a_new_text", "灰度").putNull("a_new_nothing");
			body.putObject("a_new_object").putArray("list").add(1).add("2").addNull();
		});
	}

	/** Without the ids of what was made. */
	static Reply withoutIds(Reply reply) {
		return changed(reply, (body) -> body.remove(IDS));
	}

	private static Reply changed(Reply reply, Consumer<ObjectNode> change) {
		try {
			JsonNode body = Json.MAPPER.readTree(reply.body());
			if (body.isObject()) {
				change.accept(body.asObject());
				return Reply.json(reply.status(), body);
			}
		}
		catch (JacksonException ex) {
			// A picture or a page has no fields to distort.
			return reply;
		}
		return reply;
	}

}
