package cn.qingfeng.quiz.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A package of QTI 2.2 items: a zip file whose manifest names them.
 */
final class QtiPackage {

	private static final String MANIFEST = "imsmanifest.xml";

	private static final String ITEM = "imsqti_item_xmlv2";

	private static final String NAMESPACE = "http://www.imsglobal.org/xsd/imscp_v1p1";

	/** The files are all of one time, so a bank gives the same package again. */
	private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

	private QtiPackage() {
	}

	static ReadFile read(byte[] zip) {
		Map<String, byte[]> files = Archive.unfold(zip).orElse(Map.of());
		Optional<NodeList> resources = Optional.ofNullable(files.get(MANIFEST))
			.flatMap(SafeXml::parse)
			.map((manifest) -> manifest.getElementsByTagNameNS("*", "resource"));
		if (resources.isEmpty()) {
			return ReadFile.unreadable("这不是完整的 QTI 包，或者展开后过大：没有读到 " + MANIFEST);
		}
		ReadFile.Builder file = new ReadFile.Builder();
		int row = 0;
		for (int i = 0; i < resources.get().getLength(); i++) {
			Element resource = (Element) resources.get().item(i);
			if (resource.getAttribute("type").startsWith(ITEM)) {
				add(file, ++row, resource.getAttribute("href"), files);
			}
		}
		return file.build();
	}

	static byte[] write(List<DraftQuestion> questions) {
		Map<String, String> files = new LinkedHashMap<>();
		for (int i = 0; i < questions.size(); i++) {
			String identifier = "Q%04d".formatted(i + 1);
			files.put("items/" + identifier + ".xml", QtiWriter.item(questions.get(i), identifier));
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			add(zip, MANIFEST, manifest(files.keySet()));
			for (Map.Entry<String, String> each : files.entrySet()) {
				add(zip, each.getKey(), each.getValue());
			}
		}
		catch (IOException | XMLStreamException ex) {
			throw new IllegalStateException("memory takes everything", ex);
		}
		return bytes.toByteArray();
	}

	private static void add(ReadFile.Builder file, int row, String name, Map<String, byte[]> files) {
		file.add(row, () -> {
			byte[] item = files.get(name);
			if (item == null) {
				throw new RowException("包里没有清单上的文件 " + name);
			}
			return QtiItem.read(row, item);
		});
	}

	private static void add(ZipOutputStream zip, String name, String text) throws IOException {
		ZipEntry entry = new ZipEntry(name);
		entry.setTimeLocal(TIME);
		zip.putNextEntry(entry);
		zip.write(text.getBytes(StandardCharsets.UTF_8));
		zip.closeEntry();
	}

	private static String manifest(Iterable<String> names) throws XMLStreamException {
		StringWriter manifest = new StringWriter();
		XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(manifest);
		xml.writeStartDocument("UTF-8", "1.0");
		xml.writeStartElement("manifest");
		xml.writeDefaultNamespace(NAMESPACE);
		xml.writeAttribute("identifier", "QUESTION-BANK");
		xml.writeStartElement("metadata");
		element(xml, "schema", "QTIv2.2 Package");
		element(xml, "schemaversion", "1.0.0");
		xml.writeEndElement();
		xml.writeEmptyElement("organizations");
		xml.writeStartElement("resources");
		for (String name : names) {
			xml.writeStartElement("resource");
			xml.writeAttribute("identifier", "R-" + name.substring(name.indexOf('/') + 1, name.indexOf('.')));
			xml.writeAttribute("type", ITEM + "p2");
			xml.writeAttribute("href", name);
			xml.writeEmptyElement("file");
			xml.writeAttribute("href", name);
			xml.writeEndElement();
		}
		xml.writeEndDocument();
		xml.close();
		return manifest.toString();
	}

	private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

}
