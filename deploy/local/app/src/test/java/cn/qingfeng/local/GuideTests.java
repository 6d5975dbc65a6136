package cn.qingfeng.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GuideTests {

	@Test
	void theFrameIsStraightAlthoughChineseCharactersAreWide() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new Guide().heading("清风 Qingfeng")
			.entry("党员页面 / Member page", "http://127.0.0.1:8080/m/")
			.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
		assertThat(bytes.toString(StandardCharsets.UTF_8).lines().filter((line) -> !line.isEmpty()).map(Guide::columns))
			.hasSize(4)
			.containsOnly(Guide.columns("│   党员页面 / Member page            http://127.0.0.1:8080/m/ │"));
	}

}
