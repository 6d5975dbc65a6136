package cn.qingfeng.platform.problem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTextsTests {

	private final PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();

	@Test
	void everyTextExistsInBothLanguages() throws IOException {
		for (Resource chinese : this.files.getResources("classpath*:problems/*_zh.properties")) {
			String name = Objects.requireNonNull(chinese.getFilename()).replace("_zh", "_en");
			Resource english = this.files.getResource("classpath:problems/" + name);

			assertThat(read(english).keySet()).as(name).isEqualTo(read(chinese).keySet());
		}
	}

	@Test
	void everyTitleHasADetail() throws IOException {
		for (Resource file : this.files.getResources("classpath*:problems/*.properties")) {
			Properties texts = read(file);
			assertThat(texts.stringPropertyNames()).allSatisfy((key) -> {
				if (key.endsWith(".title")) {
					assertThat(texts).containsKey(key.replace(".title", ".detail"));
				}
			});
		}
	}

	@Test
	void argumentsGoIntoTheText() {
		assertThat(new ProblemTexts().find("zh", "not-found.title")).isEqualTo("未找到");
		assertThat(new ProblemTexts().find("zh", "no-such-key")).isNull();
	}

	private static Properties read(Resource file) throws IOException {
		Properties texts = new Properties();
		try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
			texts.load(reader);
		}
		return texts;
	}

}
