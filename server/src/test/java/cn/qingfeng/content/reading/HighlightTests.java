package cn.qingfeng.content.reading;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HighlightTests {

	@Test
	void theWordsStandBetweenEmTags() {
		assertThat(Highlight.of("<p>坚持<b>清风</b>正气</p>", "正气")).isEqualTo(" 坚持 清风 <em>正气</em> ");
	}

	@Test
	void everythingElseIsEscaped() {
		assertThat(Highlight.of("<p>1 &lt; 2 &amp; 清风 &lt;script&gt;</p>", "清风")).contains("<em>清风</em>")
			.contains("1 &lt; 2 &amp; ")
			.doesNotContain("<script");
	}

	@Test
	void wordsSearchedForAreEscapedToo() {
		assertThat(Highlight.of("<p>a &lt;b&gt; c</p>", "<b>")).contains("<em>&lt;b&gt;</em>");
	}

	@Test
	void aLongTextIsCutAroundTheWords() {
		assertThat(Highlight.of("<p>" + "前".repeat(100) + "清风" + "后".repeat(100) + "</p>", "清风"))
			.isEqualTo("前".repeat(24) + "<em>清风</em>" + "后".repeat(24));
	}

	@Test
	void capitalsDoNotMatter() {
		assertThat(Highlight.of("<p>The Party</p>", "party")).contains("<em>Party</em>");
	}

	@Test
	void wordsThatDoNotStandTogetherHaveNoPassage() {
		assertThat(Highlight.of("<p>清风正气</p>", "清气")).isNull();
		assertThat(Highlight.of("<p>清风正气</p>", "  ")).isNull();
	}

}
