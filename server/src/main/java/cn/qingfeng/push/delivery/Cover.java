package cn.qingfeng.push.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The cover picture of mass articles, read once at start.
 */
@Component
class Cover {

	private final byte[] png;

	Cover() {
		try {
			this.png = new ClassPathResource("push/cover.png").getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	byte[] png() {
		return this.png.clone();
	}

}
