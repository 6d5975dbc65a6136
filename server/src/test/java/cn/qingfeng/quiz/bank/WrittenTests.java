package cn.qingfeng.quiz.bank;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenTests {

	private static final Written BLANKS = new Written(QuestionKind.FILL_IN,
			List.of(Part.of("民主集中制"), Part.of("1921", "一九二一"), Part.of("CPC")));

	private static final Written KEYWORDS = new Written(QuestionKind.SHORT,
			List.of(new Part(List.of("民主", "民主性"), 3), new Part(List.of("集中"), 1)));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			民主集中制,1921,CPC         | 1000
			' 民主 集中制 ,１９２１,ｃｐｃ' | 1000
			民主集中制,一九二一,cpc      | 1000
			民主集中制,1922,CPC         | 666
			1921,民主集中制,CPC         | 333
			民主集中制                  | 333
			民主集中制度,1921年,中共     | 0
			'\u3000'                    | 0
			""")
	void eachBlankIsComparedAsPeopleMeanIt(String lines, int credit) {
		assertThat(BLANKS.credit(lines.replace(',', '\n'))).isEqualTo(credit);
	}

	@ParameterizedTest
	@CsvSource({ "既要民 主又要集中, 1000", "讲民主, 750", "只讲集中, 250", "都不讲, 0", "民主民主性, 750" })
	void keywordsCountByTheirWeightOnce(String text, int credit) {
		assertThat(KEYWORDS.credit(text)).isEqualTo(credit);
	}

	@Test
	void aKeyTellsNothingOfItself() {
		assertThat(BLANKS).asString().doesNotContain("1921");
	}

}
