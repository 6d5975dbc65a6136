package cn.qingfeng.wechat.portal;

import java.io.ByteArrayInputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads messages of limited depth. XML has no DTD, so it has no entities either.
 */
enum MessageFormat {

	XML {
		@Override
		Fields read(byte[] bytes) {
			try {
				XMLStreamReader reader = STAX.createXMLStreamReader(new ByteArrayInputStream(bytes));
				reader.nextTag();
				Fields root = element(reader, 1);
				while (reader.hasNext()) {
					reader.next();
				}
				return root;
			}
			catch (XMLStreamException ex) {
				throw new RefusedCallbackException("not XML as agreed");
			}
		}

		@Override
		String reply(ReceivedMessage to, PassiveReply reply) {
			return """
					<xml><ToUserName>%s</ToUserName><FromUserName>%s</FromUserName><CreateTime>%d</CreateTime>\
					<MsgType>%s</MsgType>%s</xml>""".formatted(cdata(to.openid()), cdata(to.addressee()),
					to.at().getEpochSecond(), cdata(type(reply)),
					reply.isToStaff() ? "" : "<Content>" + cdata(reply.text()) + "</Content>");
		}

		@Override
		String envelope(String encrypted, String signature, String timestamp, String nonce) {
			return """
					<xml><Encrypt>%s</Encrypt><MsgSignature>%s</MsgSignature><TimeStamp>%s</TimeStamp>\
					<Nonce>%s</Nonce></xml>""".formatted(cdata(encrypted), cdata(signature), timestamp, cdata(nonce));
		}
	},

	JSON {
		@Override
		Fields read(byte[] bytes) {
			try {
				JsonNode root = JACKSON.readTree(bytes);
				if (root == null || !root.isObject()) {
					throw new RefusedCallbackException("not an object");
				}
				return object(root);
			}
			catch (JacksonException ex) {
				throw new RefusedCallbackException("not JSON as agreed");
			}
		}

		@Override
		String reply(ReceivedMessage to, PassiveReply reply) {
			ObjectNode message = JACKSON.createObjectNode()
				.put("ToUserName", to.openid())
				.put("FromUserName", to.addressee())
				.put("CreateTime", to.at().getEpochSecond())
				.put("MsgType", type(reply));
			return (reply.isToStaff() ? message : message.put("Content", reply.text())).toString();
		}

		@Override
		String envelope(String encrypted, String signature, String timestamp, String nonce) {
			return JACKSON.createObjectNode()
				.put("Encrypt", encrypted)
				.put("MsgSignature", signature)
				.put("TimeStamp", Long.parseLong(timestamp))
				.put("Nonce", nonce)
				.toString();
		}
	};

	private static final int DEPTH = 16;

	private static final XMLInputFactory STAX = stax();

	private static final JsonMapper JACKSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
			.build())
		.build();

	abstract Fields read(byte[] bytes);

	/** A reply, dated like the message so that each attempt gets the same. */
	abstract String reply(ReceivedMessage to, PassiveReply reply);

	abstract String envelope(String encrypted, String signature, String timestamp, String nonce);

	private static String type(PassiveReply reply) {
		return reply.isToStaff() ? "transfer_customer_service" : "text";
	}

	/** The end of a section within the text is split over two. */
	private static String cdata(String text) {
		return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>";
	}

	private static XMLInputFactory stax() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		return factory;
	}

	private static Fields element(XMLStreamReader reader, int depth) throws XMLStreamException {
		if (depth > DEPTH) {
			throw new RefusedCallbackException("nested too deeply");
		}
		Fields fields = new Fields("");
		while (true) {
			switch (reader.next()) {
				case XMLStreamConstants.START_ELEMENT -> {
					String name = reader.getLocalName();
					fields.add(name, element(reader, depth + 1));
				}
				case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> fields.append(reader.getText());
				case XMLStreamConstants.END_ELEMENT -> {
					return fields;
				}
				case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
					throw new RefusedCallbackException("a DTD or an entity");
				default -> {
					// comments and white space
				}
			}
		}
	}

	private static Fields object(JsonNode node) {
		Fields fields = new Fields(node.isValueNode() ? node.asString("") : "");
		for (var property : node.properties()) {
			JsonNode value = property.getValue();
			if (value.isArray()) {
				value.forEach((each) -> fields.add(property.getKey(), object(each)));
			}
			else {
				fields.add(property.getKey(), object(value));
			}
		}
		return fields;
	}

}
