package cn.qingfeng.local.sandbox.callback;

import java.io.StringReader;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * WeChat's XML: numbers bare, text in CDATA, lists as repeated elements.
 */
final class Xml {

	private Xml() {
	}

	static String write(JsonNode message) {
		StringBuilder out = new StringBuilder("<xml>");
		children(out, message);
		return out.append("</xml>").toString();
	}

	private static void children(StringBuilder out, JsonNode parent) {
		for (Map.Entry<String, JsonNode> field : parent.properties()) {
			if (field.getValue().isArray()) {
				field.getValue().values().forEach((item) -> element(out, field.getKey(), item));
			}
			else {
				element(out, field.getKey(), field.getValue());
			}
		}
	}

	private static void element(StringBuilder out, String name, JsonNode value) {
		out.append('<').append(name).append('>');
		if (value.isObject()) {
			children(out, value);
		}
		else if (value.isNumber()) {
			out.append(value.asString(""));
		}
		else {
			out.append("<![CDATA[").append(value.asString("").replace("]]>", "]]]]><![CDATA[>")).append("]]>");
		}
		out.append("</").append(name).append('>');
	}

	/** Reads what a backend answered; anything but plain elements is refused. */
	static ObjectNode read(String xml) {
		XMLInputFactory factory = XMLInputFactory.newInstance();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		try {
			XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
			reader.nextTag();
			return (read(reader) instanceof ObjectNode root) ? root : Json.object();
		}
		catch (XMLStreamException ex) {
			throw new IllegalArgumentException("not XML", ex);
		}
	}

	private static JsonNode read(XMLStreamReader reader) throws XMLStreamException {
		ObjectNode children = Json.object();
		StringBuilder text = new StringBuilder();
		while (reader.next() != XMLStreamConstants.END_ELEMENT) {
			if (reader.isStartElement()) {
				String name = reader.getLocalName();
				add(children, name, read(reader));
			}
			else if (reader.isCharacters()) {
				text.append(reader.getText());
			}
			else if (reader.getEventType() == XMLStreamConstants.DTD) {
				throw new XMLStreamException("no DTD here");
			}
		}
		return children.isEmpty() ? Json.string(text.toString()) : children;
	}

	private static void add(ObjectNode children, String name, JsonNode child) {
		JsonNode known = children.get(name);
		if (known == null) {
			children.set(name, child);
		}
		else if (known instanceof ArrayNode list) {
			list.add(child);
		}
		else {
			children.set(name, Json.array().add(known).add(child));
		}
	}

}
