package cn.qingfeng.platform.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import cn.qingfeng.platform.limit.Rate;
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

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

	private final List<Operation> operations = new ArrayList<>();

	private final List<Limited> limited = new ArrayList<>();

	ContractAccess() {
		read("openapi/member.yaml");
		read("openapi/admin.yaml");
	}

	/** What the contract says about a request; empty when it does not know the path. */
	Optional<Rule> find(HttpMethod method, PathContainer path) {
		List<Operation> onPath = this.operations.stream().filter((operation) -> operation.path.matches(path)).toList();
		if (onPath.isEmpty()) {
			return Optional.empty();
		}
		HttpMethod asked = (method == HttpMethod.HEAD) ? HttpMethod.GET : method;
		return Optional.of(onPath.stream()
			.filter((operation) -> operation.method.equals(asked))
			.min((one, other) -> PathPattern.SPECIFICITY_COMPARATOR.compare(one.path, other.path))
			.<Rule>map((operation) -> new Allowed(operation.access))
			.orElseGet(() -> new OtherMethods(methods(onPath))));
	}

	/** How often one user may do it; empty for as often as they like. */
	Optional<Limit> limit(HttpMethod method, PathContainer path) {
		return this.limited.stream()
			.filter((operation) -> operation.method.equals(method) && operation.path.matches(path))
			.findFirst()
			.map((operation) -> new Limit(operation.method + " " + operation.path, operation.rate));
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
		this.operations.add(new Operation(method, pattern, access));
		operation.path("x-limit")
			.asStringOpt()
			.ifPresent((rate) -> this.limited.add(new Limited(method, pattern, Rate.parse(rate))));
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

	private record Limited(HttpMethod method, PathPattern path, Rate rate) {

	}

	private record Operation(HttpMethod method, PathPattern path, Access access) {

	}

}
