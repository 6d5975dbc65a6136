package cn.qingfeng.local.sandbox.world;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reading and writing JSON as leniently as WeChat does: numbers may arrive as text and
 * the reverse.
 */
public final class Json {

	/** For wire and state alike: fields rather than getters, dates as text. */
	public static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultVisibility((visibility) -> visibility.withFieldVisibility(Visibility.ANY)
			.withGetterVisibility(Visibility.NONE)
			.withIsGetterVisibility(Visibility.NONE))
		.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private Json() {
	}

	public static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	public static ArrayNode array() {
		return JsonNodeFactory.instance.arrayNode();
	}

	public static JsonNode string(String value) {
		return JsonNodeFactory.instance.stringNode(value);
	}

	public static JsonNode number(long value) {
		return JsonNodeFactory.instance.numberNode(value);
	}

	public static String text(JsonNode node, String field) {
		return node.path(field).asString("");
	}

	public static String text(JsonNode node, String field, String otherwise) {
		String value = text(node, field);
		return value.isEmpty() ? otherwise : value;
	}

	public static long number(JsonNode node, String field, long otherwise) {
		return node.path(field).asLong(otherwise);
	}

	public static boolean flag(JsonNode node, String field) {
		return node.path(field).asBoolean(false);
	}

	public static ObjectNode tree(Object value) {
		return MAPPER.valueToTree(value);
	}

	public static <T> T read(JsonNode node, Class<T> type) {
		return MAPPER.treeToValue(node, type);
	}

}
