package cn.qingfeng.quiz.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFNumbering;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionFormatsTests {

	private static final List<DraftQuestion> ALL_KINDS = List.of(
			new DraftQuestion(1, QuestionKind.SINGLE, "党纪处分{最轻}的是哪种？~#=\\", List.of("警告", "严重警告: 重", "撤职"), List.of(0),
					List.of(), "见第八条。\n第二行", "《中国共产党纪律处分条例》", "第八条", 1, List.of("处分", "种类")),
			new DraftQuestion(2, QuestionKind.MULTIPLE, "哪些是处分？", List.of("警告", "诫勉", "开除党籍", "责令[检查]"), List.of(0, 2),
					List.of(), "", "", "", 3, List.of()),
			new DraftQuestion(3, QuestionKind.TRUE_FALSE, "党员有<权>申辩 & 申诉。", List.of("正确", "错误"), List.of(0), List.of(),
					"第十三条。", "党章", "第四条", 2, List.of("权利")),
			new DraftQuestion(4, QuestionKind.FILL_IN, "根本组织原则是____。", List.of(), List.of(),
					List.of(Part.of("民主集中制", "民主/集中制（制度）")), "第十条", "党章", "第十条", 1, List.of()),
			new DraftQuestion(5, QuestionKind.FILL_IN, "____年____月。", List.of(), List.of(),
					List.of(Part.of("1921", "一九二一"), new Part(List.of("7", "七"), 2)), "", "", "", 2, List.of("党史")),
			new DraftQuestion(6, QuestionKind.SHORT, "谈谈民主集中制。\n分两点。", List.of(), List.of(),
					List.of(new Part(List.of("民主", "发扬民主"), 2), new Part(List.of("集中；统一"), 3), Part.of("a\\b")),
					"<见> 第十条", "党章", "第十条", 3, List.of("党章", "组织")));

	@Test
	void aTableReadsBackTheSame() {
		assertSame(table(QuestionTable.write(ALL_KINDS)), ALL_KINDS);
	}

	@Test
	void giftReadsBackTheSame() {
		assertThat(Gift.write(ALL_KINDS)).contains("=民主集中制");
		assertSame(Gift.read(Gift.write(ALL_KINDS).lines().toList()), ALL_KINDS);
	}

	@Test
	void moodleXmlReadsBackTheSame() {
		assertSame(MoodleXml.read(MoodleXml.write(ALL_KINDS).getBytes(StandardCharsets.UTF_8)), ALL_KINDS);
	}

	@Test
	void aQtiPackageReadsBackTheSame() {
		assertSame(QtiPackage.read(QtiPackage.write(ALL_KINDS)), ALL_KINDS);
	}

	@Test
	void aSingleQtiItemReadsBackTheSame() {
		for (DraftQuestion question : ALL_KINDS) {
			byte[] item = QtiWriter.item(question, "Q1").getBytes(StandardCharsets.UTF_8);
			assertThat(QuestionFileFormat.of("item.xml", item)).contains(QuestionFileFormat.QTI_ITEM);
			assertSame(QuestionFileFormat.QTI_ITEM.read(item), List.of(question));
		}
	}

	@Test
	void theQtiOfOtherSystemsIsUnderstood() {
		ReadFile file = QuestionFileFormat.QTI_ITEM.read("""
				<?xml version="1.0"?>
				<qti:assessmentItem xmlns:qti="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="x" title="x">
				  <qti:responseDeclaration identifier="A" cardinality="single" baseType="string">
				    <qti:correctResponse><qti:value>1921</qti:value></qti:correctResponse>
				  </qti:responseDeclaration>
				  <qti:responseDeclaration identifier="B" cardinality="single" baseType="string">
				    <qti:mapping defaultValue="0">
				      <qti:mapEntry mapKey="7" mappedValue="1"/><qti:mapEntry mapKey="七" mappedValue="1"/>
				    </qti:mapping>
				  </qti:responseDeclaration>
				  <qti:itemBody>
				    <qti:p>
				      建党在 <qti:textEntryInteraction responseIdentifier="A"/> 年
				      <qti:textEntryInteraction responseIdentifier="B"/> 月。
				    </qti:p>
				  </qti:itemBody>
				</qti:assessmentItem>
				""".getBytes(StandardCharsets.UTF_8));
		assertThat(file.errors()).isEmpty();
		assertThat(file.questions()).singleElement().satisfies((question) -> {
			assertThat(question.stem()).isEqualTo("建党在 ____ 年 ____ 月。");
			assertThat(question.parts()).containsExactly(Part.of("1921"), Part.of("7", "七"));
		});
	}

	@Test
	void aQtiPackageNamesItsBadItems() {
		byte[] zip = zip(Map.of("imsmanifest.xml",
				"""
						<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>
						<resource type="imsqti_test_xmlv2p2" href="test.xml"/><resource type="imsqti_item_xmlv2p2" href="a.xml"/>
						<resource type="imsqti_item_xmlv2p2" href="b.xml"/><resource type="imsqti_item_xmlv2p2" href="c.xml"/>
						<resource type="imsqti_item_xmlv2p2" href="d.xml"/></resources></manifest>
						""",
				"b.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><assessmentItem>&e;</assessmentItem>",
				"c.xml", "<assessmentItem><itemBody><orderInteraction/></itemBody></assessmentItem>", "d.xml",
				QtiWriter.item(ALL_KINDS.getFirst(), "Q")));
		ReadFile file = QtiPackage.read(zip);
		assertThat(file.questions()).singleElement().extracting(DraftQuestion::row).isEqualTo(4);
		assertThat(file.errors()).extracting(RowError::row).containsExactly(1, 2, 3);
		assertThat(file.errors()).extracting(RowError::message)
			.satisfiesExactly((message) -> assertThat(message).contains("a.xml"),
					(message) -> assertThat(message).contains("XML"), (message) -> assertThat(message).contains("只支持"));
	}

	@Test
	void anArchiveThatUnfoldsTooFarIsNotRead() {
		byte[] bomb = zip(Map.of("imsmanifest.xml", " ".repeat(33 * 1024 * 1024)));
		assertThat(bomb).hasSizeLessThan(100_000);
		assertThat(QtiPackage.read(bomb).errors()).singleElement()
			.extracting(RowError::message)
			.asString()
			.contains("过大");
		assertThat(QuestionFileFormat.DOCX.read(bomb).errors()).singleElement()
			.extracting(RowError::message)
			.asString()
			.contains("过大");
	}

	@Test
	void whatWordNumbersByItselfIsRead() throws IOException {
		ReadFile file = QuestionFileFormat.DOCX.read(numbered());
		assertThat(file.errors()).isEmpty();
		assertThat(file.questions()).extracting(DraftQuestion::stem).containsExactly("党纪处分中最轻的是（  ）", "下列属于处分的有（  ）");
		assertThat(file.questions().getFirst().options()).containsExactly("警告", "严重警告");
		assertThat(file.questions().getLast().options()).containsExactly("警告", "诫勉", "开除党籍");
		assertThat(file.questions()).extracting(DraftQuestion::answer).containsExactly(List.of(0), List.of(0, 2));
	}

	@Test
	void aTypedWordDocumentIsRead() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (XWPFDocument document = new XWPFDocument()) {
			for (String line : List.of("一、单选题", "1. 党纪处分中最轻的是（  ）", "A. 警告  B. 严重警告", "答案：A", "二、填空题",
					"2. 根本组织原则是____。", "答案：民主集中制", "三、简答题", "3. 谈谈民主集中制。", "答案：民主基础上的集中。", "关键词：民主（2分）；集中/集中制")) {
				document.createParagraph().createRun().setText(line);
			}
			document.write(bytes);
		}
		ReadFile file = QuestionFileFormat.DOCX.read(bytes.toByteArray());
		assertThat(file.errors()).isEmpty();
		assertThat(file.questions()).extracting(DraftQuestion::kind)
			.containsExactly(QuestionKind.SINGLE, QuestionKind.FILL_IN, QuestionKind.SHORT);
		assertThat(file.questions().getLast().parts()).containsExactly(new Part(List.of("民主"), 2),
				Part.of("集中", "集中制"));
		assertThat(file.questions().getLast().explanation()).isEqualTo("民主基础上的集中。");
	}

	@Test
	void aWordDocumentOfTooMuchTextIsNotRead() throws IOException {
		ByteArrayOutputStream novel = new ByteArrayOutputStream();
		try (XWPFDocument document = new XWPFDocument()) {
			document.createParagraph().createRun().setText("x".repeat(13 * 1024 * 1024));
			document.write(novel);
		}
		assertThat(QuestionFileFormat.DOCX.read(novel.toByteArray()).errors()).singleElement()
			.extracting(RowError::message)
			.asString()
			.contains("过大");
	}

	@Test
	void whatIsNoWordDocumentIsSaidToBeNone() {
		for (byte[] file : List.of(new byte[0], new byte[] { 1, 2, 3 }, zip(Map.of("a.txt", "a")))) {
			assertThat(QuestionFileFormat.DOCX.read(file).errors()).singleElement()
				.extracting(RowError::message)
				.asString()
				.contains("docx");
		}
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
				List.of("单选", "空一格", "甲", "", "丙", "A", ""), List.of("填空", "填一填", "", "", "", "/；", ""),
				List.of("单选", "难度怪", "甲", "乙", "", "A", "很难很难"), List.of("单选", "好的", "甲", "乙", "", "A", "易")));
		assertThat(file.questions()).extracting(DraftQuestion::stem).containsExactly("好的");
		assertThat(file.errors()).extracting(RowError::row).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
		assertThat(file.errors()).extracting(RowError::column)
			.containsExactly("答案", "答案", "答案", "答案", "题干", "选项", "选项B", "答案", "难度");
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
		assertThat(file.questions()).extracting(DraftQuestion::stem)
			.containsExactly("最轻的处分是", "党员有权申辩。", "哪些是处分？", "处分有");
		assertThat(file.questions().getLast().parts()).containsExactly(Part.of("五种", "5种"));
		assertThat(file.questions().getFirst().explanation()).isEqualTo("见第八条");
		assertThat(file.questions().get(2).kind()).isEqualTo(QuestionKind.MULTIPLE);
		assertThat(file.errors()).extracting(RowError::column).containsExactly("题型", "答案");
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

	/**
	 * Questions and options numbered by Word, the letters beginning anew under each
	 * question.
	 */
	private static byte[] numbered() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (XWPFDocument document = new XWPFDocument()) {
			CTAbstractNum lists = CTAbstractNum.Factory.newInstance();
			lists.setAbstractNumId(BigInteger.ZERO);
			level(lists, 0, STNumberFormat.DECIMAL, "%1.");
			level(lists, 1, STNumberFormat.UPPER_LETTER, "%2.");
			XWPFNumbering numbering = document.createNumbering();
			BigInteger list = numbering.addNum(numbering.addAbstractNum(new XWPFAbstractNum(lists)));
			line(document, list, 0, "党纪处分中最轻的是（  ）");
			line(document, list, 1, "警告");
			line(document, list, 1, "严重警告");
			line(document, null, 0, "答案：A");
			line(document, list, 0, "下列属于处分的有（AC）");
			line(document, list, 1, "警告");
			line(document, list, 1, "诫勉");
			line(document, list, 1, "开除党籍");
			document.write(bytes);
		}
		return bytes.toByteArray();
	}

	private static void level(CTAbstractNum lists, int level, STNumberFormat.Enum format, String text) {
		CTLvl added = lists.addNewLvl();
		added.setIlvl(BigInteger.valueOf(level));
		added.addNewStart().setVal(BigInteger.ONE);
		added.addNewNumFmt().setVal(format);
		added.addNewLvlText().setVal(text);
	}

	private static void line(XWPFDocument document, BigInteger list, int level, String text) {
		XWPFParagraph paragraph = document.createParagraph();
		paragraph.createRun().setText(text);
		if (list != null) {
			paragraph.setNumID(list);
			paragraph.setNumILvl(BigInteger.valueOf(level));
		}
	}

	private static byte[] zip(Map<String, String> files) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (Map.Entry<String, String> file : files.entrySet()) {
				zip.putNextEntry(new ZipEntry(file.getKey()));
				zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
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
