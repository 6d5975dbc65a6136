package cn.qingfeng.seeds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EditingTests {

	private static final Pattern ID_NUMBER = Pattern.compile("(?<!\\d)\\d{17}[\\dXx](?!\\d)");

	private static final Pattern PHONE = Pattern.compile("(?<!\\d)1[3-9]\\d{9}(?!\\d)");

	private static final Pattern LANDLINE = Pattern.compile("(?<![\\d-])0\\d{2,3}-?\\d{7,8}(?!\\d)");

	private static final Pattern MAIL = Pattern.compile("[\\w.]+@[\\w-]+\\.[\\w.]+");

	private static final Pattern STRAIGHT_QUOTE = Pattern.compile("\\p{IsHan}[\"']\\p{IsHan}");

	private static final List<String> PAIRS = List.of("“”", "‘’", "《》", "（）", "【】");

	private static final Pattern HALF_WIDTH = Pattern.compile("\\p{IsHan}[,;:?!()]\\p{IsHan}");

	private static final Pattern LEFT_OVER = Pattern.compile("TODO|FIXME|XXX|待补|（略）|……。。|。。|，，");

	private final List<Path> files = Stream.of("yaml", "csv", "md")
		.flatMap((extension) -> SeedFiles.files("", extension).stream())
		.toList();

	@Test
	void noFileHoldsAnIdNumberOrARealPhone() {
		for (Path file : this.files) {
			String text = SeedFiles.text(file);
			assertThat(find(ID_NUMBER, text)).as("id numbers in %s", file).isEmpty();
			assertThat(find(PHONE, text)).as("phones in %s", file)
				.allMatch((phone) -> phone.matches("1300000\\d{4}"), "is fictional");
			assertThat(find(LANDLINE, text)).as("landlines in %s", file).isEmpty();
			assertThat(find(MAIL, text)).as("mail addresses in %s", file).isEmpty();
		}
	}

	@Test
	void everyFileIsCleanText() {
		for (Path file : this.files) {
			String text = SeedFiles.text(file);
			assertThat(text).as("%s", file).endsWith("\n").doesNotContain("\r", "\t", "\uFEFF", "\uFFFD", "\u3000");
			assertThat(find(LEFT_OVER, text)).as("left over in %s", file).isEmpty();
			if (!file.endsWith("FORMAT.md")) {
				assertThat(find(HALF_WIDTH, text)).as("half-width punctuation in %s", file).isEmpty();
			}
		}
	}

	@Test
	void everyMarkThatOpensCloses() {
		for (Path file : this.files) {
			String text = SeedFiles.text(file);
			assertThat(find(STRAIGHT_QUOTE, text)).as("straight quotes in %s", file).isEmpty();
			for (String pair : PAIRS) {
				assertThat(count(text, pair.charAt(0))).as("%s in %s", pair, file)
					.isEqualTo(count(text, pair.charAt(1)));
			}
		}
	}

	@Test
	void everyFileSaysItsSource() {
		for (Path file : this.files) {
			if (!file.toString().endsWith(".csv") && !file.endsWith("FORMAT.md")) {
				assertThat(SeedFiles.text(file)).as("%s", file).containsPattern("(?m)^sources?:");
			}
		}
	}

	private static long count(String text, char mark) {
		return text.chars().filter((character) -> character == mark).count();
	}

	private static List<String> find(Pattern pattern, String text) {
		List<String> found = new ArrayList<>();
		Matcher matcher = pattern.matcher(text);
		while (matcher.find()) {
			found.add(matcher.group());
		}
		return found;
	}

}
