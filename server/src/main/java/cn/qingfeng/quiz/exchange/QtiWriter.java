package cn.qingfeng.quiz.exchange;

import java.io.StringWriter;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * Writes one item of QTI 2.2 as {@link QtiItem} reads it.
 */
final class QtiWriter {

	private static final String NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2";

	private static final String RESPONSE = "RESPONSE";

	private static final String EXPLANATION = "EXPLANATION";

	private static final String TEMPLATES = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/";

	private static final int LONGEST_TITLE = 50;

	private final DraftQuestion question;

	private final XMLStreamWriter xml;

	private QtiWriter(DraftQuestion question, XMLStreamWriter xml) {
		this.question = question;
		this.xml = xml;
	}

	static String item(DraftQuestion question, String identifier) {
		StringWriter item = new StringWriter();
		try {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(item);
			xml.writeStartDocument("UTF-8", "1.0");
			new QtiWriter(question, xml).write(identifier);
			xml.writeEndDocument();
			xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("a string takes everything", ex);
		}
		return item.toString();
	}

	/** A line of a rubric: a break in a label must not make two of it. */
	static String escaped(String line) {
		return line.replace("\\", "\\\\").replace("\n", "\\n");
	}

	static String unescaped(String line) {
		StringBuilder plain = new StringBuilder();
		for (int i = 0; i < line.length(); i++) {
			boolean taken = line.charAt(i) == '\\' && i + 1 < line.length();
			char each = line.charAt(taken ? ++i : i);
			plain.append((taken && each == 'n') ? '\n' : each);
		}
		return plain.toString();
	}

	private void write(String identifier) throws XMLStreamException {
		String stem = this.question.stem();
		this.xml.writeStartElement("assessmentItem");
		this.xml.writeDefaultNamespace(NAMESPACE);
		attribute("identifier", identifier);
		attribute("title",
				stem.substring(0,
						stem.offsetByCodePoints(0, Math.min(LONGEST_TITLE, stem.codePointCount(0, stem.length()))))
					.replace('\n', ' '));
		attribute("adaptive", "false");
		attribute("timeDependent", "false");
		declarations();
		this.xml.writeStartElement("itemBody");
		rubric(QtiItem.AUTHOR, Labels.of(this.question));
		body();
		this.xml.writeEndElement();
		if (this.question.kind() != QuestionKind.SHORT) {
			this.xml.writeEmptyElement("responseProcessing");
			attribute("template", TEMPLATES + (this.question.kind().isWritten() ? "map_response" : "match_correct"));
		}
		explanation();
		this.xml.writeEndElement();
	}

	private void declarations() throws XMLStreamException {
		switch (this.question.kind()) {
			case SINGLE, MULTIPLE, TRUE_FALSE -> {
				response(RESPONSE, (this.question.kind() == QuestionKind.MULTIPLE) ? "multiple" : "single",
						"identifier");
				correct(this.question.answer().stream().map(QtiWriter::letter).toList());
				this.xml.writeEndElement();
			}
			case FILL_IN -> {
				for (int i = 0; i < this.question.parts().size(); i++) {
					blank(RESPONSE + i, this.question.parts().get(i));
				}
			}
			case SHORT -> {
				response(RESPONSE, "single", "string");
				this.xml.writeEndElement();
			}
		}
		outcome("SCORE", "float", "");
		if (!this.question.explanation().isEmpty()) {
			outcome(EXPLANATION, "identifier", EXPLANATION);
		}
	}

	private void blank(String identifier, Part part) throws XMLStreamException {
		response(identifier, "single", "string");
		correct(List.of(part.accepted().getFirst()));
		this.xml.writeStartElement("mapping");
		attribute("defaultValue", "0");
		for (String accepted : part.accepted()) {
			this.xml.writeEmptyElement("mapEntry");
			attribute("mapKey", accepted);
			attribute("mappedValue", String.valueOf(part.weight()));
			attribute("caseSensitive", "false");
		}
		this.xml.writeEndElement();
		this.xml.writeEndElement();
	}

	private void response(String identifier, String cardinality, String type) throws XMLStreamException {
		this.xml.writeStartElement("responseDeclaration");
		attribute("identifier", identifier);
		attribute("cardinality", cardinality);
		attribute("baseType", type);
	}

	private void correct(List<String> values) throws XMLStreamException {
		this.xml.writeStartElement("correctResponse");
		for (String value : values) {
			element("value", value);
		}
		this.xml.writeEndElement();
	}

	private void outcome(String identifier, String type, String usually) throws XMLStreamException {
		this.xml.writeStartElement("outcomeDeclaration");
		attribute("identifier", identifier);
		attribute("cardinality", "single");
		attribute("baseType", type);
		if (!usually.isEmpty()) {
			this.xml.writeStartElement("defaultValue");
			element("value", usually);
			this.xml.writeEndElement();
		}
		this.xml.writeEndElement();
	}

	private void body() throws XMLStreamException {
		switch (this.question.kind()) {
			case SINGLE, MULTIPLE, TRUE_FALSE -> choices();
			case FILL_IN -> blanks();
			case SHORT -> {
				rubric(QtiItem.SCORER, List.of(PartNotation.write(this.question.parts())));
				this.xml.writeStartElement("extendedTextInteraction");
				attribute("responseIdentifier", RESPONSE);
				element("prompt", this.question.stem());
				this.xml.writeEndElement();
			}
		}
	}

	private void choices() throws XMLStreamException {
		this.xml.writeStartElement("choiceInteraction");
		attribute("responseIdentifier", RESPONSE);
		attribute("shuffle", String.valueOf(this.question.kind() != QuestionKind.TRUE_FALSE));
		attribute("maxChoices", (this.question.kind() == QuestionKind.MULTIPLE) ? "0" : "1");
		element("prompt", this.question.stem());
		List<String> options = (this.question.kind() != QuestionKind.TRUE_FALSE) ? this.question.options()
				: List.of(DraftQuestion.RIGHT, DraftQuestion.WRONG);
		for (int i = 0; i < options.size(); i++) {
			this.xml.writeStartElement("simpleChoice");
			attribute("identifier", letter(i));
			text(options.get(i));
			this.xml.writeEndElement();
		}
		this.xml.writeEndElement();
	}

	private void blanks() throws XMLStreamException {
		element("p", this.question.stem());
		this.xml.writeStartElement("p");
		attribute("class", QtiItem.BLANKS);
		for (int i = 0; i < this.question.parts().size(); i++) {
			this.xml.writeEmptyElement("textEntryInteraction");
			attribute("responseIdentifier", RESPONSE + i);
		}
		this.xml.writeEndElement();
	}

	private void rubric(String view, List<String> lines) throws XMLStreamException {
		this.xml.writeStartElement("rubricBlock");
		attribute("view", view);
		for (String line : lines) {
			element("p", escaped(line));
		}
		this.xml.writeEndElement();
	}

	private void explanation() throws XMLStreamException {
		if (!this.question.explanation().isEmpty()) {
			this.xml.writeStartElement("modalFeedback");
			attribute("outcomeIdentifier", EXPLANATION);
			attribute("identifier", EXPLANATION);
			attribute("showHide", "show");
			element("p", this.question.explanation());
			this.xml.writeEndElement();
		}
	}

	private void element(String name, String text) throws XMLStreamException {
		this.xml.writeStartElement(name);
		text(text);
		this.xml.writeEndElement();
	}

	private void text(String text) throws XMLStreamException {
		String[] lines = text.split("\n", -1);
		for (int i = 0; i < lines.length; i++) {
			if (i > 0) {
				this.xml.writeEmptyElement("br");
			}
			this.xml.writeCharacters(lines[i]);
		}
	}

	private void attribute(String name, String value) throws XMLStreamException {
		this.xml.writeAttribute(name, value);
	}

	private static String letter(int position) {
		return String.valueOf((char) ('A' + position));
	}

}
