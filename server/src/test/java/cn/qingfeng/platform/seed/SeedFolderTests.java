package cn.qingfeng.platform.seed;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeedFolderTests {

	private final SeedFolder seeds = new SeedFolder();

	@Test
	void filesAreListedWithThoseBelow() {
		assertThat(this.seeds.list("platform-probe", "md")).containsExactly("platform-probe/deep/plain.md",
				"platform-probe/story.md");
		assertThat(this.seeds.list("no-such-folder", "md")).isEmpty();
	}

	@Test
	void yamlBecomesARecord() {
		assertThat(this.seeds.yaml("platform-probe/thing.yaml", Thing.class)).isEqualTo(new Thing("清风", 3));
	}

	@Test
	void csvRowsGoByTheirHeader() {
		assertThat(this.seeds.csv("platform-probe/things.csv")).extracting((row) -> row.get("name"))
			.containsExactly("廉, 洁", "自律");
	}

	@Test
	void markdownHasFrontMatterAndBody() {
		SeedText story = this.seeds.markdown("platform-probe/story.md");

		assertThat(story.meta()).isEqualTo(Map.of("title", "两袖清风", "tags", List.of("a", "b")));
		assertThat(story.text("title")).isEqualTo("两袖清风");
		assertThat(story.body()).isEqualTo("正文第一段。\n\n正文第二段。");
		assertThat(this.seeds.markdown("platform-probe/deep/plain.md").meta()).isEmpty();
	}

	@Test
	void theDigestKnowsEveryFile() {
		assertThat(this.seeds.digest(List.of("platform-probe"))).isEqualTo(this.seeds.digest(List.of("platform-probe")))
			.isNotEqualTo(this.seeds.digest(List.of("platform-probe/deep")));
	}

	record Thing(String name, int size) {

	}

}
