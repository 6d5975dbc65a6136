package cn.qingfeng.wechat;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WechatErrorClassTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			RETRY     | -1 -99 45169 61503 99999 268487001 268487002
			TOKEN     | 40001 40014 42001
			QUOTA_DAY | 45009 45028
			QUOTA_MIN | 45011 42010 45066 43117
			GONE      | 40003 43004 43019 45015 45047 48002 49003 50001 50002 50005
			CONSENT   | 43101
			CONFIG    | 40002 40013 40125 41002 41004 40164 89503 89506 89507 40243 50004 50007 43116 45103
			CONFIG    | 48001 48004 48006 53504 53505 89504 89505
			CONTENT   | 40249 87014 53503 53600 45110 45166 40114 41039 45003 45004
			DONE      | 45065
			AUTH      | 40029 40163 42003 41008 40030 42002 42007 40226 87009
			FIX       | 41001 40004 40005 40006 40007 40008 40009 40032 40037 41030 47001 47003 44002 44004
			FIX       | 40097 61451 9001001 40130 40152 40215 43104 45056 45058 45059 45157 45158 45159
			FIX       | 45067 45171 46003 46004 48005 61010 61024 61500 61501 9410010 9410011 9410012
			""")
	void eachCodeOfTheDocumentHasItsClass(WechatErrorClass expected, String codes) {
		assertThat(codes.split(" ")).allSatisfy((code) -> {
			assertThat(WechatErrorClass.knows(Integer.parseInt(code))).isTrue();
			assertThat(WechatErrorClass.of(Integer.parseInt(code))).isEqualTo(expected);
		});
	}

	@Test
	void theCommentCodesAreForAPersonToFix() {
		assertThat(IntStream.rangeClosed(88000, 88010)).allSatisfy((code) -> {
			assertThat(WechatErrorClass.knows(code)).isTrue();
			assertThat(WechatErrorClass.of(code)).isEqualTo(WechatErrorClass.FIX);
		});
	}

	@Test
	void anUnknownCodeIsNeverRetried() {
		assertThat(WechatErrorClass.knows(77777)).isFalse();
		assertThat(WechatErrorClass.of(77777)).isEqualTo(WechatErrorClass.FIX);
	}

}
