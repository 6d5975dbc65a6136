package cn.qingfeng.local.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A multipart form, read the way WeChat does: whatever charset the header claims, names
 * are taken as they come.
 */
public record Multipart(Map<String, Part> parts) {

	private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);

	private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");

	private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

	private static final Pattern TYPE = Pattern.compile("content-type:\\s*([^\\r\\n;]+)", Pattern.CASE_INSENSITIVE);

	public @Nullable Part part(String name) {
		return this.parts.get(name);
	}

	static Multipart parse(String contentType, byte[] body) {
		Map<String, Part> parts = new LinkedHashMap<>();
		Matcher boundary = BOUNDARY.matcher(contentType);
		if (boundary.find()) {
			// Latin-1 keeps every byte as one character, so that positions stay true.
			String text = new String(body, StandardCharsets.ISO_8859_1);
			String[] sections = text.split(Pattern.quote("--" + boundary.group(1)), -1);
			for (int i = 1; i < sections.length - 1; i++) {
				read(sections[i], parts);
			}
		}
		return new Multipart(parts);
	}

	private static void read(String section, Map<String, Part> parts) {
		int end = section.indexOf("\r\n\r\n");
		if (end < 0) {
			return;
		}
		String head = section.substring(0, end);
		String content = section.substring(end + 4, Math.max(end + 4, section.length() - 2));
		Matcher name = NAME.matcher(head);
		if (name.find()) {
			parts.put(name.group(1), new Part(first(FILE_NAME, head), first(TYPE, head).strip(),
					content.getBytes(StandardCharsets.ISO_8859_1)));
		}
	}

	private static String first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? matcher.group(1) : "";
	}

	/** One field or file. */
	public record Part(String fileName, String type, byte[] content) {
	}

}
