package cn.qingfeng.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies of an operation: one that keeps to the schema, and many that do not.
 *
 * @param known values of fields that name something which is there
 */
record Samples(Operation operation, Map<String, Object> known) {

	static final JsonMapper JSON = new JsonMapper();

	private static final String LONG = "长".repeat(10_000);

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	/** What no field wants, or few do. */
	private static List<JsonNode> oddities() {
		return List.of(NODES.nullNode(), NODES.numberNode(-1), NODES.numberNode(1e300),
				NODES.numberNode(Long.MAX_VALUE), NODES.booleanNode(true), NODES.stringNode(""), NODES.stringNode(" "),
				NODES.stringNode("x"), NODES.stringNode(LONG), NODES.stringNode("\u0000"),
				NODES.stringNode("a\r\nSet-Cookie: b=c"), NODES.stringNode("\ud83d"),
				NODES.stringNode("+999999999-12-31T23:59:59Z"), NODES.stringNode("0001-01-01"),
				NODES.stringNode("9999-12-31T23:59:59+08:00"), NODES.arrayNode(),
				NODES.arrayNode().add(NODES.nullNode()), NODES.objectNode(), NODES.objectNode().put("x", 1));
	}

	/** The documents themselves, whatever the schema. */
	static List<String> raw() {
		return List.of("", " ", "null", "[]", "{}", "{", "\"x\"", "1", "{\"unknown\":1}", "\u0000",
				"[".repeat(200) + "]".repeat(200), "{\"a\":".repeat(200) + "1" + "}".repeat(200));
	}

	/** A body that keeps to the schema. */
	ObjectNode valid() {
		return (ObjectNode) sample(this.operation.body());
	}

	/** The valid body with one field spoilt at a time. */
	List<String> spoilt() {
		List<String> bodies = new ArrayList<>();
		ObjectNode valid = valid();
		for (String field : valid.propertyNames()) {
			for (JsonNode oddity : oddities()) {
				bodies.add(JSON.writeValueAsString(valid.deepCopy().set(field, oddity)));
			}
			ObjectNode without = valid.deepCopy();
			without.remove(field);
			bodies.add(JSON.writeValueAsString(without));
		}
		bodies.add(JSON.writeValueAsString(valid.deepCopy().put("unknown", "x")));
		return bodies;
	}

	private JsonNode sample(JsonNode unresolved) {
		JsonNode schema = this.operation.resolve(unresolved);
		if (schema.has("enum")) {
			return schema.path("enum").get(0);
		}
		return switch (schema.path("type").asString("string")) {
			case "object" -> object(schema);
			case "array" -> NODES.arrayNode().add(sample(schema.path("items")));
			case "integer" -> NODES.numberNode(Math.max(1, schema.path("minimum").asLong(1)));
			case "number" -> NODES.numberNode(30.5);
			case "boolean" -> NODES.booleanNode(false);
			default -> NODES.stringNode(text(schema));
		};
	}

	private ObjectNode object(JsonNode schema) {
		ObjectNode object = NODES.objectNode();
		for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
			Object known = this.known.get(property.getKey());
			object.set(property.getKey(), (known != null) ? JSON.valueToTree(known) : sample(property.getValue()));
		}
		return object;
	}

	private static String text(JsonNode schema) {
		return switch (schema.path("format").asString("")) {
			case "uuid" -> UUID.randomUUID().toString();
			case "date-time" -> "2026-12-01T09:00:00+08:00";
			case "date" -> "2026-12-01";
			default -> matching(schema.path("pattern").asString(""));
		};
	}

	private static String matching(String pattern) {
		for (String candidate : List.of("样例", "012345", "a".repeat(64), "2031-05", "08:00", "A")) {
			if (pattern.isEmpty() || candidate.matches(pattern)) {
				return candidate;
			}
		}
		throw new IllegalArgumentException("no sample matches " + pattern);
	}

}
