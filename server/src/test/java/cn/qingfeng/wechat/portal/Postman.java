package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;

import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Posts callbacks as WeChat does, and as nobody should.
 */
record Postman(WebTestClient client, WechatProperties properties, Clock clock) {

	static final String NONCE = "415670741";

	EntityExchangeResult<byte[]> sent(WechatAccount account, String message) {
		return post(envelope(account, message));
	}

	EntityExchangeResult<byte[]> post(Envelope envelope) {
		return this.client.post()
			.uri(envelope.path() + "?" + envelope.query())
			.contentType(MediaType.TEXT_XML)
			.bodyValue(envelope.body())
			.exchange()
			.expectBody()
			.returnResult();
	}

	Envelope envelope(WechatAccount account, String message) {
		return envelope(account, message, this.clock.instant());
	}

	Envelope envelope(WechatAccount account, String message, Instant at) {
		WechatProperties.Account settings = this.properties.of(account);
		return envelope(account, new Forge(settings.aesKey(), settings.appId()).encrypt(message), at.getEpochSecond());
	}

	Envelope foreign(WechatAccount account, String message) {
		WechatProperties.Account settings = this.properties.of(account);
		return envelope(account, new Forge(settings.aesKey(), "wx0000000000000000").encrypt(message),
				this.clock.instant().getEpochSecond());
	}

	Envelope envelope(WechatAccount account, String encrypted, long second) {
		String timestamp = Long.toString(second);
		CallbackCipher cipher = cipher(account);
		String query = "signature=%s&timestamp=%s&nonce=%s&openid=o1&encrypt_type=aes&msg_signature=%s&x=1".formatted(
				cipher.signature(timestamp, NONCE), timestamp, NONCE, cipher.signature(timestamp, NONCE, encrypted));
		String body = switch (this.properties.of(account).format()) {
			case XML -> "<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[%s]]></Encrypt></xml>".formatted(encrypted);
			case JSON -> "{\"ToUserName\":\"gh\",\"Encrypt\":\"%s\"}".formatted(encrypted);
		};
		return new Envelope("/wechat/%s/callback".formatted(account.path()), query, body);
	}

	CallbackCipher cipher(WechatAccount account) {
		WechatProperties.Account settings = this.properties.of(account);
		return new CallbackCipher(settings.token(), settings.aesKey(), settings.appId());
	}

	String now() {
		return Long.toString(this.clock.instant().getEpochSecond());
	}

	static String follow(String openid) {
		return """
				<xml><ToUserName>gh</ToUserName><FromUserName>%s</FromUserName><CreateTime>1481013459</CreateTime>
				<MsgType>event</MsgType><Event>subscribe</Event><EventKey></EventKey></xml>""".formatted(openid);
	}

	static String text(EntityExchangeResult<byte[]> answer) {
		byte[] body = answer.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

	/** The clear reply in an answer, or no fields when it is none. */
	Fields reply(EntityExchangeResult<byte[]> answer) {
		byte[] body = answer.getResponseBody();
		if (body == null || text(answer).equals("success")) {
			return new Fields("");
		}
		Fields envelope = MessageFormat.XML.read(body);
		CallbackCipher cipher = cipher(WechatAccount.MP);
		if (!cipher.signs(envelope.text("MsgSignature"), envelope.text("TimeStamp"), envelope.text("Nonce"),
				envelope.text("Encrypt"))) {
			throw new AssertionError("the reply's signature is wrong");
		}
		return MessageFormat.XML.read(cipher.decrypt(envelope.text("Encrypt")));
	}

	static String written(String openid, String content) {
		return """
				<xml><ToUserName>gh</ToUserName><FromUserName>%s</FromUserName><CreateTime>1481013459</CreateTime>
				<MsgType>text</MsgType><Content><![CDATA[%s]]></Content><MsgId>%d</MsgId></xml>""".formatted(openid,
				content, UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE);
	}

	static String openid() {
		return "o" + UUID.randomUUID();
	}

	/** A request on its way. */
	record Envelope(String path, String query, String body) {

		Envelope with(UnaryOperator<String> change) {
			return new Envelope(this.path, change.apply(this.query), this.body);
		}

		Envelope withBody(String other) {
			return new Envelope(this.path, this.query, other);
		}

	}

}
