package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;
import cn.qingfeng.wechat.WechatProperties.CallbackFormat;
import cn.qingfeng.wechat.WechatProperties.CallbackMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PassiveReplyTests {

	private static final Instant NOW = Instant.ofEpochSecond(1714112445);

	private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

	private static final String APP = "wxba5fad812f8e6fb9";

	private final CallbackCipher cipher = new CallbackCipher("AAAAA", KEY, APP);

	private final CallbackQuery query = new CallbackQuery("", "", "1714112445", "415670741", "aes", "");

	@ParameterizedTest
	@ValueSource(strings = { "你好", "]]>", "a]]>b]]>]]>", "]]]]>>", "<Content>&amp;</Content>", "两行\n字" })
	void theWordsArriveAsTheyAre(String text) {
		Fields reply = MessageFormat.XML.read(closed(CallbackMode.PLAIN, CallbackFormat.XML, text));
		assertThat(reply.text("Content")).isEqualTo(text);
		assertThat(reply.text("MsgType")).isEqualTo("text");
		assertThat(reply.text("ToUserName")).isEqualTo("o1]]><a/>");
		assertThat(reply.text("FromUserName")).isEqualTo("gh_1");
		assertThat(reply.text("CreateTime")).isEqualTo("1481013459");
	}

	@ParameterizedTest
	@EnumSource(CallbackFormat.class)
	void inSafeModeTheReplyIsEncryptedAndSigned(CallbackFormat format) {
		MessageFormat written = MessageFormat.valueOf(format.name());
		Fields envelope = written.read(closed(CallbackMode.SAFE, format, "你好"));
		String encrypted = envelope.text("Encrypt");
		assertThat(this.cipher.signs(envelope.text("MsgSignature"), envelope.text("TimeStamp"), envelope.text("Nonce"),
				encrypted))
			.isTrue();
		assertThat(envelope.text("TimeStamp")).isEqualTo("1714112445");
		assertThat(written.read(this.cipher.decrypt(encrypted)).text("Content")).isEqualTo("你好");
	}

	@Test
	void whoeverIsHandedOverGetsNoWords() {
		Fields reply = MessageFormat.XML.read(closed(CallbackMode.PLAIN, CallbackFormat.XML, ""));
		assertThat(reply.text("MsgType")).isEqualTo("transfer_customer_service");
		assertThat(reply.has("Content")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 6, 7, 31, 32, 33, 1_000 })
	void everyLengthIsPaddedSoThatItComesBack(int length) {
		String text = "x".repeat(length);
		assertThat(this.cipher.decrypt(this.cipher.encrypt(text))).asString(StandardCharsets.UTF_8).isEqualTo(text);
		assertThat(this.cipher.encrypt(text)).isNotEqualTo(this.cipher.encrypt(text));
	}

	private byte[] closed(CallbackMode mode, CallbackFormat format, String text) {
		CallbackDoor door = new CallbackDoor(new WechatProperties.Account(APP, "secret", "AAAAA", KEY, mode, format),
				Duration.ofMinutes(10), Clock.fixed(NOW, ZoneOffset.UTC));
		ReceivedMessage message = new ReceivedMessage(WechatAccount.MP, MessageFormat.XML.read("""
				<xml><ToUserName>gh_1</ToUserName><FromUserName><![CDATA[o1]]]]><![CDATA[><a/>]]></FromUserName>
				<CreateTime>1481013459</CreateTime><MsgType>text</MsgType><Content>a</Content></xml>"""
			.getBytes(StandardCharsets.UTF_8)));
		return door.close(this.query, message, new PassiveReply(text)).getBytes(StandardCharsets.UTF_8);
	}

}
