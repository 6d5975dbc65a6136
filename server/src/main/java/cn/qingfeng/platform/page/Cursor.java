package cn.qingfeng.platform.page;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.Violations;
import org.jspecify.annotations.Nullable;

/**
 * The sort keys of the last row on a page, opaque to the client. A cursor that we did not
 * make is the client's mistake: 422.
 *
 * @param keys in the order of the ORDER BY
 */
public record Cursor(List<Object> keys) {

	private static final String SEPARATOR = "\u001f";

	private static final Map<Class<?>, Function<String, Object>> READERS = Map.of(String.class, (text) -> text,
			Long.class, Long::valueOf, Integer.class, Integer::valueOf, UUID.class, UUID::fromString, Instant.class,
			Instant::parse, OffsetDateTime.class, OffsetDateTime::parse, LocalDate.class, LocalDate::parse);

	/**
	 * Reads a cursor.
	 * @param text as the client sent it, null or empty for the first page
	 * @param types the types of its keys
	 * @return the cursor, empty for the first page
	 */
	public static Optional<Cursor> decode(@Nullable String text, Class<?>... types) {
		if (text == null || text.isEmpty()) {
			return Optional.empty();
		}
		try {
			String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			return Optional.of(read(plain.split(SEPARATOR, -1), types));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw notOurs();
		}
	}

	public static String encode(Object... keys) {
		String plain = Arrays.stream(keys).map(Object::toString).collect(Collectors.joining(SEPARATOR));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
	}

	public <T> T get(int index, Class<T> type) {
		return type.cast(this.keys.get(index));
	}

	private static Cursor read(String[] parts, Class<?>[] types) {
		if (parts.length != types.length) {
			throw notOurs();
		}
		List<Object> keys = new ArrayList<>();
		for (int i = 0; i < parts.length; i++) {
			keys.add(reader(types[i]).apply(parts[i]));
		}
		return new Cursor(List.copyOf(keys));
	}

	private static Function<String, Object> reader(Class<?> type) {
		Function<String, Object> reader = READERS.get(type);
		if (reader == null) {
			throw new IllegalStateException("no cursor key of " + type);
		}
		return reader;
	}

	private static Problem notOurs() {
		return Violations.of("cursor", "翻页游标无效");
	}

}
