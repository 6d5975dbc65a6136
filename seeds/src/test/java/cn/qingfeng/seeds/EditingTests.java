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
	void everyFileSaysItsSource() {
		for (Path file : this.files) {
			if (!file.toString().endsWith(".csv") && !file.endsWith("FORMAT.md")) {
				assertThat(SeedFiles.text(file)).as("%s", file).containsPattern("(?m)^sources?:");
			}
		}
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
