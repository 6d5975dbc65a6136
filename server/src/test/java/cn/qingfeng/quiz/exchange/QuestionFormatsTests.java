package cn.qingfeng.quiz.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import cn.qingfeng.quiz.bank.QuestionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionFormatsTests {

	private static final List<DraftQuestion> ALL_KINDS = List.of(
			new DraftQuestion(1, QuestionKind.SINGLE, "党纪处分{最轻}的是哪种？~#=\\", List.of("警告", "严重警告: 重", "撤职"), List.of(0),
					"见第八条。\n第二行", "《中国共产党纪律处分条例》", "第八条", 1, List.of("处分", "种类")),
			new DraftQuestion(2, QuestionKind.MULTIPLE, "哪些是处分？", List.of("警告", "诫勉", "开除党籍", "责令[检查]"), List.of(0, 2),
					"", "", "", 3, List.of()),
			new DraftQuestion(3, QuestionKind.TRUE_FALSE, "党员有<权>申辩 & 申诉。", List.of("正确", "错误"), List.of(0), "第十三条。",
					"党章", "第四条", 2, List.of("权利")));

	@Test
	void aTableReadsBackTheSame() {
		assertSame(table(QuestionTable.write(ALL_KINDS)), ALL_KINDS);
	}

	@Test
	void giftReadsBackTheSame() {
		assertSame(Gift.read(Gift.write(ALL_KINDS).lines().toList()), ALL_KINDS);
	}

	@Test
	void moodleXmlReadsBackTheSame() {
		assertSame(MoodleXml.read(MoodleXml.write(ALL_KINDS).getBytes(StandardCharsets.UTF_8)), ALL_KINDS);
	}

	@Test
	void theTablesOfOfficesAreUnderstood() {
		ReadFile file = table(
				List.of(List.of("2026年党纪知识题库"), List.of("序号", "题目类型", "题目", "选项Ａ", "选项Ｂ", "选项Ｃ", "选项Ｄ", "正确答案", "答案解析"),
						List.of("1", "单选", "题一", "甲", "乙", "丙", "丁", "ｂ", "因为乙"),
						List.of("2", "多选题", "题二", "甲", "乙", "丙", "", "A、C", ""), List.of("", "", "", ""),
						List.of("3", "判断题", "题三", "", "", "", "", "×", ""),
						List.of("4", "判断题", "题四", "对", "错", "", "", "A", "")));
		assertThat(file.errors()).isEmpty();
		assertThat(file.questions()).extracting(DraftQuestion::kind)
			.containsExactly(QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE,
					QuestionKind.TRUE_FALSE);
		assertThat(file.questions()).extracting(DraftQuestion::answer)
			.containsExactly(List.of(1), List.of(0, 2), List.of(1), List.of(0));
		assertThat(file.questions().getFirst().row()).isEqualTo(3);
	}

	@Test
	void optionsTogetherInOneCellAreTakenApart() {
		ReadFile file = table(List.of(List.of("题干", "选项", "答案"), List.of("题一", "A. 警告\nB．记过（C类）\nC、降级", "AC"),
				List.of("题二", "A、甲 B、乙 C、丙 D、丁", "D")));
		assertThat(file.errors()).isEmpty();
		assertThat(file.questions().getFirst().options()).containsExactly("警告", "记过（C类）", "降级");
		assertThat(file.questions().getLast().options()).containsExactly("甲", "乙", "丙", "丁");
	}

	@Test
	void eachBadRowIsNamedByRowAndColumnAndTheOthersAreTaken() {
		ReadFile file = table(List.of(List.of("题型", "题干", "选项A", "选项B", "选项C", "答案", "难度"),
				List.of("单选", "没有答案", "甲", "乙", "", "", ""), List.of("单选", "答案出界", "甲", "乙", "", "D", ""),
				List.of("单选", "两个答案", "甲", "乙", "丙", "AB", ""), List.of("多选", "一个答案", "甲", "乙", "丙", "A", ""),
				List.of("单选", "", "甲", "乙", "", "A", ""), List.of("单选", "相同", "甲", "甲", "", "A", ""),
				List.of("单选", "空一格", "甲", "", "丙", "A", ""), List.of("填空", "填一填", "", "", "", "五种", ""),
				List.of("单选", "难度怪", "甲", "乙", "", "A", "很难很难"), List.of("单选", "好的", "甲", "乙", "", "A", "易")));
		assertThat(file.questions()).extracting(DraftQuestion::stem).containsExactly("好的");
		assertThat(file.errors()).extracting(RowError::row).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
		assertThat(file.errors()).extracting(RowError::column)
			.containsExactly("答案", "答案", "答案", "答案", "题干", "选项", "选项B", "题型", "难度");
	}

	@Test
	void aTableWithoutHeadingsIsUnreadable() {
		assertThat(table(List.of(List.of("甲", "乙"))).errors()).singleElement()
			.extracting(RowError::message)
			.asString()
			.contains("表头");
	}

	@Test
	void typedQuestionsAreUnderstood() {
		ReadFile file = TextLayout.read("""
				一、单选题
				1. 党纪处分中最轻的是（  ）。
				A. 警告
				B. 严重警告
				C. 撤销党内职务
				答案：A
				解析：见条例第八条。
				共有五种。
				出处：《中国共产党纪律处分条例》第八条
				2、下列属于处分的有（ABD）
				A．警告  B．严重警告  C．诫勉  D．开除党籍
				二、判断题
				3．党员有权申辩。
				【答案】正确
				4. 预备党员有表决权。（×）
				""".lines().toList());
		assertThat(file.errors()).isEmpty();
		assertThat(file.questions()).hasSize(4);
		DraftQuestion first = file.questions().getFirst();
		assertThat(first.options()).containsExactly("警告", "严重警告", "撤销党内职务");
		assertThat(first.explanation()).isEqualTo("见条例第八条。\n共有五种。");
		assertThat(first.document()).isEqualTo("《中国共产党纪律处分条例》");
		assertThat(first.clause()).isEqualTo("第八条");
		assertThat(file.questions().get(1).kind()).isEqualTo(QuestionKind.MULTIPLE);
		assertThat(file.questions().get(1).answer()).containsExactly(0, 1, 3);
		assertThat(file.questions().get(1).stem()).isEqualTo("下列属于处分的有（  ）");
		assertThat(file.questions().get(2).answer()).containsExactly(0);
		assertThat(file.questions().get(3).answer()).containsExactly(1);
		assertThat(file.questions().get(3).stem()).isEqualTo("预备党员有表决权。（  ）");
	}

	@Test
	void aTypedQuestionWithoutItsAnswerIsNamedByItsLine() {
		ReadFile file = TextLayout.read(List.of("1. 有答案", "A. 甲", "B. 乙", "答案：B", "2. 没有答案", "A. 甲", "B. 乙"));
		assertThat(file.questions()).hasSize(1);
		assertThat(file.errors()).singleElement().satisfies((error) -> {
			assertThat(error.row()).isEqualTo(5);
			assertThat(error.column()).isEqualTo("答案");
		});
	}

	@Test
	void aikenIsUnderstood() {
		ReadFile file = Aiken.read(List.of("What is it?", "A) one", "B) two", "ANSWER: B", "", "Broken?", "A) one",
				"C) three", "ANSWER: A"));
		assertThat(file.questions()).singleElement().satisfies((question) -> {
			assertThat(question.options()).containsExactly("one", "two");
			assertThat(question.answer()).containsExactly(1);
		});
		assertThat(file.errors()).singleElement().extracting(RowError::row).isEqualTo(6);
	}

	@Test
	void giftIsUnderstood() {
		ReadFile file = Gift.read("""
				$CATEGORY: $course$/党章

				// 注释
				::题一:: 最轻的处分是 {
				=警告 #对
				~严重警告 #不对
				~撤职
				####见第八条
				}

				::题二::党员有权申辩。{T}

				哪些是处分？{~%50%警告 ~%50%开除党籍 ~%-100%诫勉}

				处分有{=五种 =5种}

				配对 {=甲 -> 一 =乙 -> 二}

				没有括号
				""".lines().toList());
		assertThat(file.questions()).extracting(DraftQuestion::stem).containsExactly("最轻的处分是", "党员有权申辩。", "哪些是处分？");
		assertThat(file.questions().getFirst().explanation()).isEqualTo("见第八条");
		assertThat(file.questions().getLast().kind()).isEqualTo(QuestionKind.MULTIPLE);
		assertThat(file.errors()).extracting(RowError::column).containsExactly("题型", "题型", "答案");
	}

	@Test
	void moodleXmlIsUnderstoodWithoutItsMarkup() {
		ReadFile file = MoodleXml
			.read("""
					<quiz>
					  <question type="category"><category><text>top</text></category></question>
					  <question type="multichoice">
					    <questiontext format="html"><text><![CDATA[<p>最轻的是 <b>哪种</b>？<script>x()</script></p>]]></text></questiontext>
					    <answer fraction="100"><text>警告</text></answer><answer fraction="0"><text>撤职</text></answer>
					  </question>
					  <question type="essay"><questiontext><text>谈谈</text></questiontext></question>
					</quiz>
					"""
				.getBytes(StandardCharsets.UTF_8));
		assertThat(file.questions()).singleElement().extracting(DraftQuestion::stem).isEqualTo("最轻的是 哪种？");
		assertThat(file.errors()).singleElement().extracting(RowError::row).isEqualTo(2);
	}

	@Test
	void anXmlWithADoctypeIsNotRead() {
		ReadFile file = MoodleXml
			.read("""
					<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay">&x;</question></quiz>
					"""
				.getBytes(StandardCharsets.UTF_8));
		assertThat(file.questions()).isEmpty();
		assertThat(file.errors()).singleElement().extracting(RowError::message).asString().contains("XML");
	}

	@ParameterizedTest
	@CsvSource({ "ABD, '0,1,3'", "ＡＢ, '0,1'", "'b、a', '0,1'", "'A,C', '0,2'", "'A；C', '0,2'" })
	void answersAreReadAsPeopleWriteThem(String written, String positions) {
		assertThat(AnswerNotation.letters(written)).hasValueSatisfying(
				(letters) -> assertThat(String.join(",", letters.stream().map(String::valueOf).toList()))
					.isEqualTo(positions));
	}

	private static ReadFile table(List<List<String>> rows) {
		return QuestionTable
			.read(IntStream.range(0, rows.size()).mapToObj((i) -> new TableRow(i + 1, rows.get(i))).toList());
	}

	private static void assertSame(ReadFile file, List<DraftQuestion> expected) {
		assertThat(file.errors()).isEmpty();
		assertThat(file.questions()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("row")
			.isEqualTo(expected);
	}

}
