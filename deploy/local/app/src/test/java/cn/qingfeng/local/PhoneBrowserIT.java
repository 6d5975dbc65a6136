package cn.qingfeng.local;

import java.net.URI;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PhoneBrowserIT {

	/** Without a font every character is the same empty box. */
	private static final String DRAWN = """
			(character) => {
				const canvas = document.createElement('canvas');
				const pen = canvas.getContext('2d');
				pen.font = '40px sans-serif';
				pen.fillText(character, 5, 60);
				return canvas.toDataURL();
			}""";

	@Test
	void chineseCharactersAreDrawnEachInItsOwnShape() {
		try (PhoneBrowser browser = PhoneBrowser.start(); Phone phone = browser.phone(URI.create("http://127.0.0.1"))) {
			phone.page().setContent("<p lang='zh-CN'>清风</p>");
			assertThat(phone.page().evaluate(DRAWN, "清")).isNotEqualTo(phone.page().evaluate(DRAWN, "风"));
			assertThat(phone.page().evaluate("screen.width")).isEqualTo(390);
			assertThat(phone.troubles()).isEmpty();
		}
	}

}
