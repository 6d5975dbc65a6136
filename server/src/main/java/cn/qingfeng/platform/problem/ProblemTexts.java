package cn.qingfeng.platform.problem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The texts of all problems, from {@code problems/<module>_zh.properties} and
 * {@code _en.properties} of every module. Chinese unless the client prefers English.
 */
@Component
public class ProblemTexts {

	private static final Logger log = LoggerFactory.getLogger(ProblemTexts.class);

	private static final List<Locale> SUPPORTED = List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH);

	private final Map<String, Properties> byLanguage;

	ProblemTexts() {
		this.byLanguage = Map.of("zh", load("zh"), "en", load("en"));
	}

	/** The language of the answer to a request with these headers: zh or en. */
	public static String language(HttpHeaders headers) {
		Locale best = Locale.lookup(ranges(headers), SUPPORTED);
		return Locale.ENGLISH.equals(best) ? "en" : "zh";
	}

	/** The title of a problem; its name when nobody wrote one. */
	public String title(String language, Problem problem) {
		return text(language, problem, ".title");
	}

	/** What the person can do about it; the name of the problem when nobody wrote it. */
	public String detail(String language, Problem problem) {
		return text(language, problem, ".detail");
	}

	private String text(String language, Problem problem, String part) {
		String text = find(language, problem.name() + part, problem.args());
		if (text == null) {
			log.warn("problem {} has no text {} in {}", problem.name(), part, language);
			return problem.name();
		}
		return text;
	}

	/**
	 * A text.
	 * @param language zh or en
	 * @param key for instance {@code not-found.title}
	 * @param args of the message format
	 * @return the text, null when the key has none
	 */
	public @Nullable String find(String language, String key, @Nullable Object... args) {
		Properties texts = this.byLanguage.getOrDefault(language, new Properties());
		String pattern = texts.getProperty(key);
		return (pattern != null) ? new MessageFormat(pattern, Locale.of(language)).format(args) : null;
	}

	private static List<Locale.LanguageRange> ranges(HttpHeaders headers) {
		try {
			return headers.getAcceptLanguage();
		}
		catch (IllegalArgumentException ex) {
			return List.of();
		}
	}

	private static Properties load(String language) {
		Properties all = new Properties();
		try {
			String pattern = "classpath*:problems/*_" + language + ".properties";
			Map<String, String> owners = new HashMap<>();
			for (Resource bundle : new PathMatchingResourcePatternResolver().getResources(pattern)) {
				read(bundle).forEach((key, text) -> put(all, owners, bundle, key, text));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return all;
	}

	private static Properties read(Resource bundle) throws IOException {
		Properties texts = new Properties();
		try (Reader reader = new InputStreamReader(bundle.getInputStream(), StandardCharsets.UTF_8)) {
			texts.load(reader);
		}
		return texts;
	}

	private static void put(Properties all, Map<String, String> owners, Resource bundle, Object key, Object text) {
		String owner = owners.put(key.toString(), String.valueOf(bundle.getFilename()));
		if (owner != null) {
			throw new IllegalStateException("%s is in %s and %s".formatted(key, owner, bundle.getFilename()));
		}
		all.put(key, text);
	}

}
