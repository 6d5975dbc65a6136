package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The compose file as the engine would read it, so that tests start the server with just
 * what stands there.
 */
record ComposeFile(JsonNode root) {

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:[?-])?([^}]*)}");

	static ComposeFile read(Path file) {
		try {
			return new ComposeFile(new YAMLMapper().readTree(Files.readString(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What the server's container gets when {@code .env} holds these values. */
	Map<String, String> serverEnvironment(Map<String, String> values) {
		Map<String, String> environment = new LinkedHashMap<>();
		variables().properties()
			.forEach((variable) -> environment.put(variable.getKey(), replace(variable.getValue().asString(), values)));
		return environment;
	}

	/** The values without which compose refuses to start. */
	Set<String> required() {
		Set<String> names = new TreeSet<>();
		Matcher matcher = VARIABLE.matcher(this.root.toString());
		while (matcher.find()) {
			if (":?".equals(matcher.group(2))) {
				names.add(matcher.group(1));
			}
		}
		return names;
	}

	/** How the engine asks the server for its health. */
	List<String> healthCheck() {
		return this.root.path("services")
			.path("server")
			.path("healthcheck")
			.path("test")
			.valueStream()
			.skip(1)
			.map(JsonNode::asString)
			.toList();
	}

	private JsonNode variables() {
		return this.root.path("services").path("server").path("environment");
	}

	private static String replace(String text, Map<String, String> values) {
		return VARIABLE.matcher(text).replaceAll((variable) -> Matcher.quoteReplacement(value(variable, values)));
	}

	private static String value(MatchResult variable, Map<String, String> values) {
		String value = values.get(variable.group(1));
		if (value != null) {
			return value;
		}
		if (":-".equals(variable.group(2))) {
			return variable.group(3);
		}
		throw new IllegalArgumentException("no value for " + variable.group(1));
	}

}
