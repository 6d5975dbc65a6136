package cn.qingfeng.content.article;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsTests {

	@Test
	void chineseIsSplitIntoCharactersAndPairs() {
		assertThat(SearchWords.of("清风正气")).containsExactlyInAnyOrder("清", "清风", "风", "风正", "正", "正气", "气");
	}

	@Test
	void pairsDoNotReachOverPunctuation() {
		assertThat(SearchWords.of("清风，正气")).contains("清风", "正气").doesNotContain("风正");
	}

	@Test
	void latinWordsAndNumbersStayWhole() {
		assertThat(SearchWords.of("Party 2026年")).containsExactlyInAnyOrder("party", "2026", "年");
	}

	@Test
	void markupAndEntitiesAreNoText() {
		assertThat(SearchWords.of("<p class=\"lead\">廉&nbsp;&#39;&#xff0c;洁</p>")).containsExactlyInAnyOrder("廉", "洁");
	}

	@Test
	void whatIsFoundInTheTextIsFoundByItsWords() {
		assertThat(SearchWords.of("中央八项规定精神")).contains(SearchWords.of("八项规定"));
	}

	@Test
	void rareCharactersOutsideTheBasicPlaneAreOne() {
		assertThat(SearchWords.of("𠮷野")).containsExactlyInAnyOrder("𠮷", "𠮷野", "野");
	}

	@Test
	void punctuationAloneHasNoWords() {
		assertThat(SearchWords.of("！？ %_\\'\"")).isEmpty();
	}

}
