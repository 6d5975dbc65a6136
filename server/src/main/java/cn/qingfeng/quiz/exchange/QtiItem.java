package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Reads an item of QTI 2.2: one choice, blanks of text, or an extended text whose scorer
 * is told the keywords. What QTI has no field for stands in a rubric for authors.
 *
 * @see <a href="https://www.imsglobal.org/question/qtiv2p2/imsqti_v2p2_impl.html">QTI 2.2
 * implementation guide</a>
 */
final class QtiItem {

	static final String AUTHOR = "author";

	static final String SCORER = "scorer";

	/** Of the element that holds the blanks when they do not stand in the stem. */
	static final String BLANKS = "blanks";

	private static final Pattern FOLDED = Pattern.compile("[ \\t]*[\\r\\n]\\s*");

	private static final List<String> BLOCKS = List.of("p", "div", "li", "blockquote", "pre", "h1", "h2", "h3", "h4");

	private static final List<String> INTERACTIONS = List.of("choiceInteraction", "textEntryInteraction",
			"extendedTextInteraction");

	private final int row;

	private final Element item;

	private final Element body;

	private final Map<String, Element> responses;

	private QtiItem(int row, Element item) throws RowException {
		this.row = row;
		this.item = item;
		this.body = SafeXml.children(item, "itemBody")
			.stream()
			.findFirst()
			.orElseThrow(() -> new RowException("题干", "没有 itemBody"));
		this.responses = SafeXml.children(item, "responseDeclaration")
			.stream()
			.collect(Collectors.toMap((response) -> response.getAttribute("identifier"), Function.identity(),
					(one, other) -> one));
	}

	static DraftQuestion read(int row, byte[] xml) throws RowException {
		Element root = SafeXml.parse(xml).orElseThrow(() -> new RowException("这不是完整的 XML 文件")).getDocumentElement();
		if (!"assessmentItem".equals(SafeXml.name(root))) {
			throw new RowException("根元素不是 assessmentItem");
		}
		return new QtiItem(row, root).question();
	}

	private DraftQuestion question() throws RowException {
		List<Element> interactions = interactions();
		String kind = interactions.isEmpty() ? "" : SafeXml.name(interactions.getFirst());
		boolean same = interactions.stream().allMatch((each) -> SafeXml.name(each).equals(kind));
		if (!same || !INTERACTIONS.contains(kind) || interactions.size() > 1 && !kind.startsWith("textEntry")) {
			throw new RowException("题型", "只支持一道选择题、填空题或简答题一个文件");
		}
		DraftQuestion question = switch (kind) {
			case "choiceInteraction" -> choice(interactions.getFirst());
			case "textEntryInteraction" -> blanks(interactions);
			default -> shortAnswer();
		};
		return Labels.apply(question, rubric(AUTHOR));
	}

	private DraftQuestion choice(Element interaction) throws RowException {
		List<Element> choices = SafeXml.children(interaction, "simpleChoice");
		List<String> ids = choices.stream().map((choice) -> choice.getAttribute("identifier")).toList();
		List<String> options = choices.stream().map(this::text).toList();
		Element response = response(interaction);
		List<Integer> right = new ArrayList<>();
		for (String value : correct(response)) {
			if (!ids.contains(value)) {
				throw new RowException("答案", "答案“" + value + "”不在选项里");
			}
			right.add(ids.indexOf(value));
		}
		Optional<Boolean> truth = truth(options, right);
		if (truth.isPresent()) {
			return DraftQuestion.statement(this.row, stem(), truth.get(), explanation());
		}
		boolean multiple = "multiple".equals(response.getAttribute("cardinality"));
		return DraftQuestion.bare(this.row, multiple ? QuestionKind.MULTIPLE : QuestionKind.SINGLE, stem(), options,
				right.stream().sorted().toList(), explanation());
	}

	/** Whether "right" is right, when right and wrong are the options. */
	private static Optional<Boolean> truth(List<String> options, List<Integer> right) {
		boolean judges = options.size() == 2 && right.size() == 1
				&& AnswerNotation.judgement(options.getFirst()).equals(Optional.of(true))
				&& AnswerNotation.judgement(options.getLast()).equals(Optional.of(false));
		return judges ? Optional.of(right.getFirst() == 0) : Optional.empty();
	}

	private DraftQuestion blanks(List<Element> interactions) throws RowException {
		List<Part> parts = new ArrayList<>();
		for (Element interaction : interactions) {
			parts.add(part(response(interaction)));
		}
		return DraftQuestion.written(this.row, QuestionKind.FILL_IN, stem(), parts, explanation());
	}

	private static Part part(Element response) throws RowException {
		List<Element> entries = SafeXml.children(response, "mapping")
			.stream()
			.flatMap((mapping) -> SafeXml.children(mapping, "mapEntry").stream())
			.filter((entry) -> value(entry) > 0)
			.toList();
		List<String> accepted = entries.isEmpty() ? correct(response)
				: entries.stream().map((entry) -> entry.getAttribute("mapKey").strip()).toList();
		double most = entries.stream().mapToDouble(QtiItem::value).max().orElse(1);
		if (entries.stream().anyMatch((entry) -> value(entry) < most)) {
			throw new RowException("答案", "一个空的每种写法须得分相同");
		}
		return new Part(accepted, Math.max(1, (int) most));
	}

	private static double value(Element entry) {
		try {
			return Double.parseDouble(entry.getAttribute("mappedValue"));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private DraftQuestion shortAnswer() throws RowException {
		String keywords = String.join("；", rubric(SCORER));
		if (keywords.isEmpty()) {
			throw new RowException("答案", "简答题要有给评分人的 rubricBlock，里面写关键词：甲；乙");
		}
		return DraftQuestion.written(this.row, QuestionKind.SHORT, stem(), PartNotation.read(keywords), explanation());
	}

	private Element response(Element interaction) throws RowException {
		Element response = this.responses.get(interaction.getAttribute("responseIdentifier"));
		if (response == null) {
			throw new RowException("答案", "没有这道题的 responseDeclaration");
		}
		return response;
	}

	private static List<String> correct(Element response) {
		return SafeXml.children(response, "correctResponse")
			.stream()
			.flatMap((correct) -> SafeXml.children(correct, "value").stream())
			.map((value) -> value.getTextContent().strip())
			.toList();
	}

	private List<Element> interactions() {
		List<Element> found = new ArrayList<>();
		NodeList all = this.body.getElementsByTagName("*");
		for (int i = 0; i < all.getLength(); i++) {
			Element element = (Element) all.item(i);
			if (SafeXml.name(element).endsWith("Interaction")) {
				found.add(element);
			}
		}
		return found;
	}

	private List<String> rubric(String view) {
		return SafeXml.children(this.body, "rubricBlock")
			.stream()
			.filter((rubric) -> rubric.getAttribute("view").equals(view))
			.flatMap((rubric) -> text(rubric).lines())
			.filter((line) -> !line.isBlank())
			.map(QtiWriter::unescaped)
			.toList();
	}

	private String stem() {
		return text(this.body);
	}

	private String explanation() {
		return SafeXml.children(this.item, "modalFeedback").stream().map(this::text).collect(Collectors.joining("\n"));
	}

	private String text(Element element) {
		StringBuilder text = new StringBuilder();
		append(element, text);
		return text.toString().strip();
	}

	/** Blocks and breaks end a line; what the element is not made to show is left out. */
	private void append(Node parent, StringBuilder text) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element) {
				append(element, SafeXml.name(element), parent, text);
			}
			else if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
				text.append(unfolded(node.getNodeValue(), isAtStart(text)));
			}
		}
	}

	private void append(Element element, String name, Node parent, StringBuilder text) {
		if (name.equals("br")) {
			text.append('\n');
		}
		else if (name.equals("textEntryInteraction")) {
			text.append("____");
		}
		else if (BLOCKS.contains(name) && !element.getAttribute("class").equals(BLANKS)) {
			startLine(text);
			append(element, text);
			startLine(text);
		}
		else if (!(name.equals("rubricBlock") && parent == this.body) && !name.equals("simpleChoice")
				&& !element.getAttribute("class").equals(BLANKS)) {
			append(element, text);
		}
	}

	/** Lines that only the layout of the file breaks become one. */
	private static String unfolded(String value, boolean atStart) {
		Matcher folded = FOLDED.matcher(value);
		return (atStart && folded.lookingAt()) ? unfolded(value.substring(folded.end()), false)
				: folded.replaceAll(value.isBlank() ? "" : " ");
	}

	private static boolean isAtStart(StringBuilder text) {
		return text.isEmpty() || text.charAt(text.length() - 1) == '\n';
	}

	private static void startLine(StringBuilder text) {
		if (!isAtStart(text)) {
			text.append('\n');
		}
	}

}
