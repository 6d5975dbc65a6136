package cn.qingfeng.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;

/**
 * One operation of a contract, read from its document.
 *
 * @param document the whole document, to follow references in
 */
record Operation(HttpMethod method, String path, JsonNode node, JsonNode document) {

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

	static List<Operation> all() {
		return Stream.of("openapi/member.yaml", "openapi/admin.yaml").flatMap((file) -> read(file).stream()).toList();
	}

	private static List<Operation> read(String file) {
		try (InputStream yaml = new ClassPathResource(file).getInputStream()) {
			JsonNode document = new YAMLMapper().readTree(yaml);
			List<Operation> operations = new ArrayList<>();
			for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
				for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
					if (METHODS.contains(operation.getKey())) {
						operations.add(new Operation(HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT)),
								path.getKey(), operation.getValue(), document));
					}
				}
			}
			return operations;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file, ex);
		}
	}

	boolean isOfStaff() {
		return this.path.startsWith("/api/admin/");
	}

	/** Something else than one JSON document. */
	boolean givesAFile() {
		return this.node.path("responses")
			.valueStream()
			.flatMap((response) -> response.path("content").propertyNames().stream())
			.anyMatch((type) -> !type.equals("application/json") && !type.equals("application/problem+json"));
	}

	String id() {
		return this.node.path("operationId").asString();
	}

	/** Hides small groups of people. */
	boolean isStatistics() {
		return this.node.path("x-statistics").asBoolean(false);
	}

	/** Counts taken places. */
	boolean countsPlaces() {
		return this.node.path("x-places").asBoolean(false);
	}

	/** The operation that shows the same people one by one. */
	Optional<Operation> namedBy() {
		String id = this.node.path("x-named-by").asString("");
		return id.isEmpty() ? Optional.empty()
				: all().stream().filter((one) -> one.isOfStaff() == isOfStaff() && one.id().equals(id)).findFirst();
	}

	/**
	 * The numbers in its answers, each by its schema and its property, such as
	 * {@code Quiz.total}.
	 */
	Set<String> numbers() {
		Set<String> found = new TreeSet<>();
		this.node.path("responses")
			.properties()
			.stream()
			.filter((response) -> response.getKey().startsWith("2"))
			.flatMap((response) -> response.getValue().path("content").valueStream())
			.forEach((content) -> numbers(content.path("schema"), "", "", Set.of(), found));
		return found;
	}

	private void numbers(JsonNode schema, String owner, String property, Set<String> above, Set<String> found) {
		String reference = schema.path("$ref").asString("");
		if (!reference.isEmpty()) {
			String name = reference.substring(reference.lastIndexOf('/') + 1);
			Set<String> deeper = new HashSet<>(above);
			if (deeper.add(name)) {
				numbers(resolve(schema), name, property, deeper, found);
			}
			return;
		}
		JsonNode type = schema.path("type");
		if (Stream.concat(Stream.of(type), type.valueStream())
			.anyMatch((one) -> Set.of("integer", "number").contains(one.asString("")))) {
			found.add(owner + "." + property);
		}
		for (String several : List.of("anyOf", "allOf", "oneOf")) {
			schema.path(several).valueStream().forEach((one) -> numbers(one, owner, property, above, found));
		}
		schema.path("properties")
			.properties()
			.forEach((one) -> numbers(one.getValue(), owner, one.getKey(), above, found));
		if (schema.has("items")) {
			numbers(schema.path("items"), owner, property, above, found);
		}
	}

	boolean isPublic() {
		return "public".equals(this.node.path("x-access").asString(""))
				|| this.node.path("x-roles").isArray() && this.node.path("x-roles").isEmpty();
	}

	boolean isForBoundMembers() {
		return "member".equals(this.node.path("x-access").asString(""));
	}

	boolean admits(String role) {
		return this.node.path("x-roles")
			.valueStream()
			.map(JsonNode::asString)
			.anyMatch((one) -> one.equals("*") || one.equals(role));
	}

	List<JsonNode> parameters(String in) {
		return this.node.path("parameters")
			.valueStream()
			.map(this::resolve)
			.filter((parameter) -> parameter.path("in").asString("").equals(in))
			.toList();
	}

	/** The schema of the JSON body, missing when there is none. */
	JsonNode body() {
		return resolve(this.node.path("requestBody").path("content").path("application/json").path("schema"));
	}

	JsonNode resolve(JsonNode node) {
		String reference = node.path("$ref").asString("");
		return reference.isEmpty() ? node : this.document.at(reference.substring(1));
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
