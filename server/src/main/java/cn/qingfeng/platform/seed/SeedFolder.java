package cn.qingfeng.platform.seed;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import cn.qingfeng.platform.security.Tokens;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The files of {@code seeds/} on the classpath. Paths are relative to it, for instance
 * {@code quiz/rounds.yaml}. Reads block: for the start of the node only.
 */
@Component
public class SeedFolder {

	private static final String ROOT = "seeds/";

	private static final TypeReference<Map<String, Object>> FRONT_MATTER = new TypeReference<>() {
	};

	private final YAMLMapper yaml = YAMLMapper.builder().findAndAddModules().build();

	/**
	 * The files of a folder and below it.
	 * @param folder under {@code seeds/}
	 * @param ext without the dot
	 * @return their paths, sorted
	 */
	public List<String> list(String folder, String ext) {
		TreeSet<String> paths = new TreeSet<>();
		for (Resource file : resources(ROOT + folder + "/**/*." + ext)) {
			paths.add(path(file));
		}
		return List.copyOf(paths);
	}

	public <T> T yaml(String path, Class<T> type) {
		return this.yaml.readValue(read(path), type);
	}

	/** Rows by the names in the first line. */
	public List<CSVRecord> csv(String path) {
		CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
		try (CSVParser parser = CSVParser.parse(new StringReader(text(path)), format)) {
			return parser.getRecords();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(path, ex);
		}
	}

	public SeedText markdown(String path) {
		String text = text(path).replace("\r\n", "\n");
		int end = text.startsWith("---\n") ? text.indexOf("\n---\n", 3) : -1;
		if (end < 0) {
			return new SeedText(Map.of(), text);
		}
		Map<String, Object> meta = (end > 4) ? this.yaml.readValue(text.substring(4, end), FRONT_MATTER) : Map.of();
		return new SeedText(meta, text.substring(end + 5).strip());
	}

	public String text(String path) {
		return new String(read(path), StandardCharsets.UTF_8);
	}

	public byte[] read(String path) {
		try {
			return new ClassPathResource(ROOT + path).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(path, ex);
		}
	}

	/** A digest of the names and bytes of all files in the folders. */
	String digest(Collection<String> folders) {
		MessageDigest digest = Tokens.sha256();
		for (String folder : new TreeSet<>(folders)) {
			for (String path : list(folder, "*")) {
				digest.update(path.getBytes(StandardCharsets.UTF_8));
				digest.update(Tokens.sha256().digest(read(path)));
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static List<Resource> resources(String pattern) {
		try {
			Resource[] found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern);
			List<Resource> files = new ArrayList<>(List.of(found));
			files.removeIf((file) -> !file.isReadable());
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(pattern, ex);
		}
	}

	private static String path(Resource file) {
		try {
			String url = file.getURL().getPath();
			return URLDecoder.decode(url.substring(url.lastIndexOf("/" + ROOT) + ROOT.length() + 1),
					StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file.getDescription(), ex);
		}
	}

}
