package cn.qingfeng.seeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the seeds as they lie on the classpath.
 */
final class SeedFiles {

	static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

	private static final YAMLMapper YAML = YAMLMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private SeedFiles() {
	}

	static Path root() {
		try {
			return Path.of(SeedFiles.class.getResource("/seeds/FORMAT.md").toURI()).getParent();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static JsonNode yaml(String path) {
		return YAML.readTree(text(root().resolve(path)));
	}

	static List<CSVRecord> csv(String path) {
		try (Stream<CSVRecord> records = CSVFormat.RFC4180.builder()
			.setHeader()
			.setSkipHeaderRecord(true)
			.get()
			.parse(Files.newBufferedReader(root().resolve(path)))
			.stream()) {
			return records.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Path> files(String folder, String extension) {
		try (Stream<Path> files = Files.walk(root().resolve(folder))) {
			return files.filter((file) -> file.toString().endsWith("." + extension)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Everything in the folder that has a key, by that key; the file is named after it.
	 */
	static Map<String, SeedText> texts(String folder) {
		Map<String, SeedText> texts = new TreeMap<>();
		for (Path file : files(folder, "md")) {
			String[] parts = text(file).split("(?m)^---\n", 3);
			assertThat(parts).as("%s has a head between two lines ---", file).hasSize(3);
			JsonNode head = YAML.readTree(parts[1]);
			String key = head.path("key").asString();
			assertThat(file.getFileName()).hasToString(key + ".md");
			texts.put(key, new SeedText(key, head, parts[2].strip()));
		}
		return texts;
	}

	static List<JsonNode> items(JsonNode list) {
		List<JsonNode> items = new ArrayList<>();
		list.forEach(items::add);
		return items;
	}

	static List<String> strings(JsonNode list) {
		return items(list).stream().map(JsonNode::asString).toList();
	}

	/** The keys of a list, after checking that they are well formed and unique. */
	static Set<String> keys(JsonNode list) {
		Set<String> keys = new TreeSet<>();
		for (JsonNode item : items(list)) {
			String key = item.path("key").asString();
			assertThat(key).matches("[a-z0-9]+(-[a-z0-9]+)*");
			assertThat(keys.add(key)).as("key %s is used once", key).isTrue();
		}
		return keys;
	}

	static void assertFields(String what, JsonNode item, Set<String> required, Set<String> optional) {
		Set<String> names = new TreeSet<>(item.propertyNames());
		assertThat(names).as("fields of %s", what).containsAll(required);
		names.removeAll(required);
		names.removeAll(optional);
		assertThat(names).as("unknown fields of %s", what).isEmpty();
		for (String name : required) {
			JsonNode value = item.path(name);
			assertThat(value.isNull() || (value.isString() && value.asString().isBlank()))
				.as("%s of %s is given", name, what)
				.isFalse();
		}
	}

	static Set<String> placeholders(String text) {
		Set<String> names = new TreeSet<>();
		PLACEHOLDER.matcher(text).results().forEach((match) -> names.add(match.group(1)));
		return names;
	}

	static long chineseCharacters(String text) {
		return text.codePoints()
			.filter((character) -> Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN)
			.count();
	}

	record SeedText(String key, JsonNode head, String body) {

		String value(String name) {
			return this.head.path(name).asString();
		}

	}

}
