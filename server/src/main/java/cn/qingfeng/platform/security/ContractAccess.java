package cn.qingfeng.platform.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import cn.qingfeng.platform.limit.Rate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The access table of both APIs, read once from the contract itself: what a document does
 * not name does not exist, and an operation that names nobody admits nobody.
 */
@Component
class ContractAccess {

	private static final Logger log = LoggerFactory.getLogger(ContractAccess.class);

	private static final Comparator<Operation> MOST_SPECIFIC_FIRST = Comparator.comparing(Operation::path,
			PathPattern.SPECIFICITY_COMPARATOR);

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

	/**
	 * By the path up to the resource, so that a request is compared with few patterns.
	 */
	private final Map<String, List<Operation>> operations = new HashMap<>();

	ContractAccess() {
		read("openapi/member.yaml");
		read("openapi/admin.yaml");
	}

	/** What the contract says about a request; empty when it does not know the path. */
	Optional<Rule> find(HttpMethod method, PathContainer path) {
		List<Operation> onPath = onPath(path);
		if (onPath.isEmpty()) {
			return Optional.empty();
		}
		HttpMethod asked = (method == HttpMethod.HEAD) ? HttpMethod.GET : method;
		return Optional.of(onPath.stream()
			.filter((operation) -> operation.method.equals(asked))
			.min(MOST_SPECIFIC_FIRST)
			.<Rule>map((operation) -> new Allowed(operation.access))
			.orElseGet(() -> new OtherMethods(methods(onPath))));
	}

	/** How often one user may do it; empty for as often as they like. */
	Optional<Limit> limit(HttpMethod method, PathContainer path) {
		return onPath(path).stream()
			.filter((operation) -> operation.method.equals(method))
			.min(MOST_SPECIFIC_FIRST)
			.flatMap((operation) -> Optional.ofNullable(operation.limit));
	}

	private List<Operation> onPath(PathContainer path) {
		return this.operations.getOrDefault(resource(path), List.of())
			.stream()
			.filter((operation) -> operation.path.matches(path))
			.toList();
	}

	/**
	 * The literal beginning of each path, such as /api/v1/quizzes or
	 * /api/admin/v1/quizzes.
	 */
	private static String resource(PathContainer path) {
		StringBuilder resource = new StringBuilder();
		int names = 3;
		for (PathContainer.Element element : path.elements()) {
			if (element instanceof PathContainer.PathSegment segment) {
				resource.append('/').append(segment.valueToMatch());
				names += segment.valueToMatch().equals("admin") ? 1 : 0;
				if (--names == 0) {
					break;
				}
			}
		}
		return resource.toString();
	}

	private static Set<HttpMethod> methods(List<Operation> operations) {
		Set<HttpMethod> methods = new TreeSet<>();
		operations.forEach((operation) -> methods.add(operation.method));
		return methods;
	}

	private void read(String document) {
		try (InputStream yaml = new ClassPathResource(document).getInputStream()) {
			JsonNode root = new YAMLMapper().readTree(yaml);
			String base = URI.create(root.path("servers").path(0).path("url").asString("")).getPath();
			root.path("paths").properties().forEach((path) -> read(base, path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(document, ex);
		}
	}

	private void read(String base, Map.Entry<String, JsonNode> path) {
		String template = path.getKey().startsWith("/api/") ? path.getKey()
				: base.replaceFirst("/$", "") + path.getKey();
		PathPattern pattern = PathPatternParser.defaultInstance.parse(template);
		for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
			if (METHODS.contains(operation.getKey())) {
				add(HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT)), pattern, operation.getValue());
			}
		}
	}

	private void add(HttpMethod method, PathPattern pattern, JsonNode operation) {
		Access access = Access.of(operation);
		if (access == null) {
			log.warn("the contract admits nobody to {} {}", method, pattern);
			return;
		}
		Limit limit = operation.path("x-limit")
			.asStringOpt()
			.map((rate) -> new Limit(method + " " + pattern, Rate.parse(rate)))
			.orElse(null);
		this.operations
			.computeIfAbsent(resource(PathContainer.parsePath(pattern.getPatternString())),
					(resource) -> new ArrayList<>())
			.add(new Operation(method, pattern, access, limit));
	}

	/** What the contract says about one method on one path. */
	sealed interface Rule {

	}

	record Allowed(Access access) implements Rule {

	}

	record OtherMethods(Set<HttpMethod> methods) implements Rule {

	}

	/**
	 * How often one user may do it.
	 *
	 * @param operation method and path
	 * @param rate allowed
	 */
	record Limit(String operation, Rate rate) {

	}

	private record Operation(HttpMethod method, PathPattern path, Access access, @Nullable Limit limit) {

	}

}
