package cn.qingfeng.wechat.portal;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import cn.qingfeng.wechat.WechatProperties;
import cn.qingfeng.wechat.WechatProperties.CallbackMode;

/**
 * Lets in what WeChat sent to one account: signed, recent, and in safe mode encrypted for
 * us. Only the encrypted field of a body is read before its signature is known to be
 * right.
 */
final class CallbackDoor {

	private static final Pattern ECHO = Pattern.compile("[!-~]{1,256}");

	private static final String ENCRYPTED = "Encrypt";

	private final CallbackCipher cipher;

	private final CallbackMode mode;

	private final MessageFormat format;

	private final Duration tolerance;

	private final Clock clock;

	CallbackDoor(WechatProperties.Account account, Duration tolerance, Clock clock) {
		this.cipher = new CallbackCipher(account.token(), account.aesKey(), account.appId());
		this.mode = account.mode();
		this.format = switch (account.format()) {
			case XML -> MessageFormat.XML;
			case JSON -> MessageFormat.JSON;
		};
		this.tolerance = tolerance;
		this.clock = clock;
	}

	/** What to echo when WeChat tries the address. */
	String echo(CallbackQuery query) {
		checkRecent(query);
		if (!this.cipher.signs(query.signature(), query.timestamp(), query.nonce())) {
			throw new RefusedCallbackException("wrong signature");
		}
		if (!ECHO.matcher(query.echo()).matches()) {
			throw new RefusedCallbackException("nothing to echo");
		}
		return query.echo();
	}

	/** The clear bytes of the message. */
	byte[] open(CallbackQuery query, byte[] body) {
		checkRecent(query);
		return (this.mode == CallbackMode.PLAIN) ? plain(query, body) : decrypted(query, body);
	}

	/** The fields of a message that was let in. */
	Fields read(byte[] message) {
		return this.format.read(message);
	}

	/** A reply as WeChat takes it, encrypted unless the account is in plain mode. */
	String close(CallbackQuery query, ReceivedMessage message, PassiveReply reply) {
		String clear = this.format.reply(message, reply);
		if (this.mode == CallbackMode.PLAIN) {
			return clear;
		}
		String encrypted = this.cipher.encrypt(clear);
		String timestamp = Long.toString(this.clock.instant().getEpochSecond());
		return this.format.envelope(encrypted, this.cipher.signature(timestamp, query.nonce(), encrypted), timestamp,
				query.nonce());
	}

	private byte[] plain(CallbackQuery query, byte[] body) {
		if (!this.cipher.signs(query.signature(), query.timestamp(), query.nonce())) {
			throw new RefusedCallbackException("wrong signature");
		}
		return body;
	}

	private byte[] decrypted(CallbackQuery query, byte[] body) {
		if (!query.encryptType().equals("aes")) {
			throw new RefusedCallbackException("not encrypted");
		}
		String encrypted = this.format.read(body).text(ENCRYPTED);
		if (!this.cipher.signs(query.messageSignature(), query.timestamp(), query.nonce(), encrypted)) {
			throw new RefusedCallbackException("wrong message signature");
		}
		return this.cipher.decrypt(encrypted);
	}

	private void checkRecent(CallbackQuery query) {
		try {
			Instant sent = Instant.ofEpochSecond(Long.parseLong(query.timestamp()));
			if (Duration.between(sent, this.clock.instant()).abs().compareTo(this.tolerance) > 0) {
				throw new RefusedCallbackException("too old or too new");
			}
		}
		catch (NumberFormatException | DateTimeException | ArithmeticException ex) {
			throw new RefusedCallbackException("no timestamp");
		}
	}

}
