package cn.qingfeng.quiz.exchange;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import org.springframework.web.util.HtmlUtils;

/**
 * Moodle's XML, as far as its questions are choices, statements, short answers of one
 * blank, or essays; the keys of essays travel in tags.
 *
 * @see <a href="https://docs.moodle.org/en/Moodle_XML_format">Moodle XML format</a>
 */
final class MoodleXml {

	private static final int WHOLLY = 100;

	private static final PolicyFactory NO_MARKUP = new HtmlPolicyBuilder().toFactory();

	private MoodleXml() {
	}

	static ReadFile read(byte[] xml) {
		Optional<Document> document = SafeXml.parse(xml);
		return document.isPresent() ? read(document.get()) : ReadFile.unreadable("这不是完整的 XML 文件");
	}

	private static ReadFile read(Document document) {
		NodeList questions = document.getElementsByTagName("question");
		ReadFile.Builder file = new ReadFile.Builder();
		int row = 0;
		for (int i = 0; i < questions.getLength(); i++) {
			Element question = (Element) questions.item(i);
			if (!"category".equals(question.getAttribute("type"))) {
				add(file, ++row, question);
			}
		}
		return file.build();
	}

	static String write(List<DraftQuestion> questions) {
		StringWriter file = new StringWriter();
		try {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(file);
			xml.writeStartDocument("UTF-8", "1.0");
			xml.writeStartElement("quiz");
			for (DraftQuestion question : questions) {
				question(xml, question);
			}
			xml.writeEndElement();
			xml.writeEndDocument();
			xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("a string takes everything", ex);
		}
		return file.toString();
	}

	private static void add(ReadFile.Builder file, int row, Element question) {
		file.add(row, () -> Labels.apply(question(row, question), labels(question)));
	}

	private static DraftQuestion question(int row, Element question) throws RowException {
		String stem = text(question, "questiontext");
		String explanation = text(question, "generalfeedback");
		List<Element> answers = SafeXml.children(question, "answer");
		List<String> options = answers.stream().map((answer) -> words(answer)).toList();
		List<Integer> right = IntStream.range(0, answers.size())
			.filter((i) -> fraction(answers.get(i)) > 0)
			.boxed()
			.toList();
		return switch (question.getAttribute("type")) {
			case "multichoice" ->
				DraftQuestion.bare(row, (right.size() > 1) ? QuestionKind.MULTIPLE : QuestionKind.SINGLE, stem, options,
						right, explanation);
			case "truefalse" -> DraftQuestion.statement(row, stem, truth(options, right), explanation);
			case "shortanswer" -> DraftQuestion.written(row, QuestionKind.FILL_IN, stem,
					List.of(new Part(accepted(answers), 1)), explanation);
			case "essay" -> Labels.essay(row, stem, explanation, labels(question));
			default -> throw new RowException("题型", "只支持单选、多选、判断、填空题和带关键词标签的问答题");
		};
	}

	private static List<String> accepted(List<Element> answers) throws RowException {
		if (answers.stream().anyMatch((answer) -> fraction(answer) < WHOLLY)) {
			throw new RowException("答案", "填空的每种写法都须得满分");
		}
		return answers.stream().map(MoodleXml::words).toList();
	}

	private static boolean truth(List<String> options, List<Integer> right) throws RowException {
		Optional<Boolean> said = (right.size() == 1) ? AnswerNotation.judgement(options.get(right.getFirst()))
				: Optional.empty();
		return said.orElseThrow(() -> new RowException("答案", "判断题的答案须是 true 或 false"));
	}

	private static double fraction(Element answer) {
		try {
			return Double.parseDouble(answer.getAttribute("fraction"));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private static List<String> labels(Element question) {
		return SafeXml.children(question, "tags")
			.stream()
			.flatMap((tags) -> SafeXml.children(tags, "tag").stream())
			.map(MoodleXml::words)
			.toList();
	}

	private static String text(Element parent, String name) {
		return SafeXml.children(parent, name).stream().findFirst().map(MoodleXml::words).orElse("");
	}

	/** Of the element's text, without markup. */
	private static String words(Element element) {
		String text = SafeXml.children(element, "text")
			.stream()
			.findFirst()
			.map(Node::getTextContent)
			.orElse("")
			.strip();
		return element.getAttribute("format").equals("html") ? HtmlUtils.htmlUnescape(NO_MARKUP.sanitize(text)).strip()
				: text;
	}

	private static void question(XMLStreamWriter xml, DraftQuestion question) throws XMLStreamException {
		boolean statement = question.kind() == QuestionKind.TRUE_FALSE;
		xml.writeStartElement("question");
		xml.writeAttribute("type", type(question));
		text(xml, "name", question.stem().substring(0, Math.min(50, question.stem().length())));
		text(xml, "questiontext", question.stem());
		text(xml, "generalfeedback", question.explanation());
		if (!statement && !question.kind().isWritten()) {
			xml.writeStartElement("single");
			xml.writeCharacters(String.valueOf(question.kind() == QuestionKind.SINGLE));
			xml.writeEndElement();
		}
		for (int i = 0; i < question.options().size(); i++) {
			boolean right = question.answer().contains(i);
			xml.writeStartElement("answer");
			xml.writeAttribute("fraction", right ? "%.5f".formatted(100.0 / question.answer().size()) : "0");
			text(xml, statement ? ((i == 0) ? "true" : "false") : question.options().get(i));
			xml.writeEndElement();
		}
		if (OneBlank.fits(question)) {
			for (String accepted : question.parts().getFirst().accepted()) {
				xml.writeStartElement("answer");
				xml.writeAttribute("fraction", String.valueOf(WHOLLY));
				text(xml, accepted);
				xml.writeEndElement();
			}
		}
		xml.writeStartElement("tags");
		for (String label : type(question).equals("essay") ? Labels.withKey(question) : Labels.of(question)) {
			text(xml, "tag", label);
		}
		xml.writeEndElement();
		xml.writeEndElement();
	}

	private static String type(DraftQuestion question) {
		return switch (question.kind()) {
			case SINGLE, MULTIPLE -> "multichoice";
			case TRUE_FALSE -> "truefalse";
			case FILL_IN, SHORT -> OneBlank.fits(question) ? "shortanswer" : "essay";
		};
	}

	private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		text(xml, text);
		xml.writeEndElement();
	}

	private static void text(XMLStreamWriter xml, String text) throws XMLStreamException {
		xml.writeStartElement("text");
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

}
