package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessageFormatTests {

	@Test
	void xmlAndJsonReadAlike() {
		Fields xml = xml("<xml><A><![CDATA[ 清风 ]]></A><List><T>1</T></List><List><T>2</T></List></xml>");
		Fields json = json("{\"A\":\"清风\",\"List\":[{\"T\":1},{\"T\":\"2\"}]}");
		assertThat(xml.text("A")).isEqualTo(json.text("A")).isEqualTo("清风");
		assertThat(xml.all("List")).extracting((each) -> each.number("T")).containsExactly(1L, 2L);
		assertThat(json.all("List")).extracting((each) -> each.number("T")).containsExactly(1L, 2L);
	}

	@Test
	void oneItemReadsLikeAListOfOne() {
		assertThat(json("{\"List\":{\"T\":\"1\"}}").all("List")).hasSize(1);
	}

	@Test
	void idsBeyondADoubleKeepTheirDigits() {
		assertThat(json("{\"MsgID\":4255823957345255425}").text("MsgID")).isEqualTo("4255823957345255425");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><A>&a;</A></xml>",
			"<!DOCTYPE xml SYSTEM \"http://127.0.0.1:1/x.dtd\"><xml/>",
			"<!DOCTYPE xml [<!ENTITY % p SYSTEM \"file:///etc/passwd\">%p;]><xml/>", "<xml><A>&a;</A></xml>",
			"<xml><A></xml>", "<xml/><xml/>", "", "text" })
	void whatIsNotPlainXmlIsRefused(String text) {
		assertThatExceptionOfType(RefusedCallbackException.class).isThrownBy(() -> xml(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "1", "null", "{", "{\"a\":1}}", "<xml/>" })
	void whatIsNotAJsonObjectIsRefused(String text) {
		assertThatExceptionOfType(RefusedCallbackException.class).isThrownBy(() -> json(text));
	}

	@ParameterizedTest
	@EnumSource(MessageFormat.class)
	void deepNestingIsRefusedBeforeTheStackEnds(MessageFormat format) {
		String deep = switch (format) {
			case XML -> "<a>".repeat(20_000) + "</a>".repeat(20_000);
			case JSON -> "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
		};
		assertThatExceptionOfType(RefusedCallbackException.class)
			.isThrownBy(() -> format.read(deep.getBytes(StandardCharsets.UTF_8)));
	}

	private static Fields xml(String text) {
		return MessageFormat.XML.read(text.getBytes(StandardCharsets.UTF_8));
	}

	private static Fields json(String text) {
		return MessageFormat.JSON.read(text.getBytes(StandardCharsets.UTF_8));
	}

}
