package cn.qingfeng.quiz.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * XML of strangers: no document types, so no entities and nothing fetched from elsewhere.
 */
final class SafeXml {

	private SafeXml() {
	}

	/** Empty for what is not well formed or declares a type. */
	static Optional<Document> parse(byte[] xml) {
		try {
			return Optional.of(builder().parse(new ByteArrayInputStream(xml)));
		}
		catch (SAXException | IOException ex) {
			return Optional.empty();
		}
	}

	/** The elements of that name directly below; prefixes aside. */
	static List<Element> children(Element parent, String name) {
		List<Element> children = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && name.equals(name(element))) {
				children.add(element);
			}
		}
		return children;
	}

	/** Without its prefix. */
	static String name(Element element) {
		String name = element.getTagName();
		return name.substring(name.indexOf(':') + 1);
	}

	private static DocumentBuilder builder() {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setExpandEntityReferences(false);
			factory.setNamespaceAware(true);
			DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			return builder;
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException("every JDK has these features", ex);
		}
	}

}
