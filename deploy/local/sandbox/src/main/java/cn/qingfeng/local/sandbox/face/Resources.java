package cn.qingfeng.local.sandbox.face;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of the face, each read once.
 */
public final class Resources {

	private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

	private Resources() {
	}

	public static String text(String file) {
		return TEXTS.computeIfAbsent(file, Resources::read);
	}

	private static String read(String file) {
		try (InputStream in = Resources.class.getResourceAsStream("/sandbox-face/" + file)) {
			if (in == null) {
				throw new IllegalStateException("no file " + file);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
