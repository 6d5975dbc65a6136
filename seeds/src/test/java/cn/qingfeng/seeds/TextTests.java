package cn.qingfeng.seeds;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import cn.qingfeng.seeds.SeedFiles.SeedText;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class TextTests {

	private static final Set<String> SOURCE_OPTIONAL = Set.of("author", "publisher", "date", "url", "clause");

	private static final Set<String> LETTER_PLACEHOLDERS = Set.of("year", "holiday", "from", "to", "days",
			"arrangement", "signer", "issuedOn");

	private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

	private static final Pattern SENTENCE_END = Pattern.compile("[。！？；\n]");

	/** So many characters in a row are no turn of phrase: somebody copied them. */
	private static final long COPIED = 14;

	private static final Pattern FORBIDDEN_MARKUP = Pattern.compile("(?m)^# |^\\||<[a-zA-Z/!]|!\\[|]\\(");

	private final Map<String, SeedText> articles = SeedFiles.texts("articles");

	private final Map<String, SeedText> letters = SeedFiles.texts("letters");

	private final Set<String> columns = SeedFiles.keys(SeedFiles.yaml("columns/columns.yaml").path("columns"));

	@Test
	void thereAreEnoughTexts() {
		assertThat(this.articles.values().stream().filter(TextTests::isStory).count()).isGreaterThanOrEqualTo(24);
		assertThat(this.articles).hasSizeGreaterThanOrEqualTo(36);
		assertThat(this.letters).hasSize(9);
	}

	@Test
	void articlesAreWhole() {
		for (SeedText article : this.articles.values()) {
			SeedFiles.assertFields(article.key(), article.head(),
					Set.of("key", "title", "column", "author", "summary", "cover", "sources", "tags"), Set.of());
			assertText(article);
			assertThat(article.head().path("tags").size()).isBetween(1, 6);
			assertThat(SeedFiles.placeholders(article.head().toString() + article.body())).as(article.key()).isEmpty();
		}
	}

	@Test
	void storiesHaveRoomForASceneAPersonAndAPoint() {
		for (SeedText article : this.articles.values()) {
			if (isStory(article)) {
				assertThat(SeedFiles.chineseCharacters(article.body())).as(article.key()).isBetween(600L, 1_200L);
			}
			else {
				assertThat(SeedFiles.chineseCharacters(article.body())).as(article.key()).isBetween(350L, 1_500L);
			}
		}
	}

	@Test
	void lettersAreWholeAndAskOnlyForWhatIsKnown() {
		for (SeedText letter : this.letters.values()) {
			SeedFiles.assertFields(letter.key(), letter.head(),
					Set.of("key", "title", "column", "author", "summary", "cover", "kind", "sources"), Set.of());
			assertText(letter);
			assertThat(SeedFiles.chineseCharacters(letter.body())).as(letter.key()).isBetween(300L, 1_200L);
			Set<String> placeholders = SeedFiles
				.placeholders(letter.value("title") + letter.value("summary") + letter.body());
			assertThat(LETTER_PLACEHOLDERS).as(letter.key()).containsAll(placeholders);
			assertThat(placeholders).as(letter.key()).contains("signer", "issuedOn");
			switch (letter.value("kind")) {
				case "HOLIDAY" -> assertThat(placeholders).as(letter.key()).contains("year", "arrangement");
				case "GENERAL" -> assertThat(placeholders).as(letter.key()).doesNotContain("holiday", "arrangement");
				default -> throw new AssertionError("unknown kind of " + letter.key());
			}
		}
	}

	@Test
	void noTwoTextsHaveTheSameTitleOrSummary() {
		List<SeedText> texts = texts();
		assertThat(texts).extracting((text) -> text.value("title")).doesNotHaveDuplicates();
		assertThat(texts).extracting((text) -> text.value("summary")).doesNotHaveDuplicates();
	}

	@Test
	void noSentenceStandsInTwoTexts() {
		Map<String, String> first = new HashMap<>();
		for (SeedText text : texts()) {
			for (String sentence : SENTENCE_END.split(text.body())) {
				if (SeedFiles.chineseCharacters(sentence) >= COPIED && !isSalutation(sentence)) {
					assertThat(first.putIfAbsent(sentence.strip(), text.key())).as("%s in %s", sentence, text.key())
						.isNull();
				}
			}
		}
	}

	@Test
	void coversFitTheWayWechatWantsThem() throws IOException {
		for (Path cover : SeedFiles.files("covers", "jpg")) {
			assertThat(Files.size(cover)).as("%s", cover).isLessThanOrEqualTo(64 * 1024);
			BufferedImage image = ImageIO.read(cover.toFile());
			assertThat(image.getWidth()).isEqualTo(900);
			assertThat(image.getHeight()).isEqualTo(383);
		}
	}

	private void assertText(SeedText text) {
		assertThat(this.columns).contains(text.value("column"));
		assertThat(text.value("title")).as(text.key()).hasSizeBetween(6, 32);
		assertThat(text.value("author")).as(text.key()).hasSizeBetween(2, 16);
		assertThat(text.value("summary")).as(text.key()).hasSizeBetween(20, 120);
		assertThat(SeedFiles.root().resolve(text.value("cover"))).exists();
		assertThat(FORBIDDEN_MARKUP.matcher(text.body()).find()).as("markup of %s", text.key()).isFalse();
		assertThat(text.head().path("sources").size()).as("sources of %s", text.key()).isPositive();
		for (JsonNode source : text.head().path("sources")) {
			SeedFiles.assertFields("source of " + text.key(), source, Set.of("title"), SOURCE_OPTIONAL);
			if (source.has("date")) {
				assertThat(source.path("date").asString()).as(text.key()).matches(DATE);
			}
			if (source.has("author")) {
				assertThat(source.path("title").asString()).as("title after the author in %s", text.key())
					.doesNotStartWith(source.path("author").asString());
			}
		}
	}

	private List<SeedText> texts() {
		return Stream.concat(this.articles.values().stream(), this.letters.values().stream()).toList();
	}

	private static boolean isSalutation(String sentence) {
		return sentence.endsWith("：");
	}

	private static boolean isStory(SeedText article) {
		return "integrity-stories".equals(article.value("column"));
	}

}
