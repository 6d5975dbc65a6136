package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

import cn.qingfeng.wechat.WechatProperties;
import cn.qingfeng.wechat.WechatProperties.CallbackFormat;
import cn.qingfeng.wechat.WechatProperties.CallbackMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallbackDoorTests {

	private static final Instant NOW = Instant.ofEpochSecond(1714112445);

	private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

	private static final String APP = "wxba5fad812f8e6fb9";

	private static final String NONCE = "415670741";

	private static final String MESSAGE = "<xml><FromUserName>o1</FromUserName></xml>";

	private final CallbackCipher cipher = new CallbackCipher("AAAAA", KEY, APP);

	private final String encrypted = new Forge(KEY, APP).encrypt(MESSAGE);

	@Test
	void theOfficialExampleIsLetIn() {
		Vector official = Vector.all().findFirst().orElseThrow();
		WechatProperties.Account account = new WechatProperties.Account(official.appId(), "secret", official.token(),
				official.aesKey(), CallbackMode.SAFE, CallbackFormat.JSON);
		CallbackQuery query = new CallbackQuery("6c5c811b55cc85e0e1b54100749188c20beb3f5d", official.signature(),
				official.timestamp(), official.nonce(), "aes", "");
		byte[] body = "{\"ToUserName\":\"gh_97417a04a28d\",\"Encrypt\":\"%s\"}".formatted(official.encrypted())
			.getBytes(StandardCharsets.UTF_8);
		CallbackDoor door = door(account);
		assertThat(door.read(door.open(query, body)).text("Event")).isEqualTo("debug_demo");
	}

	@ParameterizedTest
	@EnumSource(names = { "SAFE", "COMPATIBLE" })
	void ofABodyThatIsBothOnlyTheEncryptedPartCounts(CallbackMode mode) {
		String body = "<xml><FromUserName>evil</FromUserName><Encrypt>%s</Encrypt></xml>".formatted(this.encrypted);
		assertThat(
				new String(door(mode).open(query(NOW), body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
			.isEqualTo(MESSAGE);
	}

	@Test
	void plainModeTakesPlainBodies() {
		assertThat(door(CallbackMode.PLAIN).open(query(NOW), MESSAGE.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { -601, 601, -1_000_000_000_000L, Long.MIN_VALUE / 2 })
	void whatIsNotRecentIsRefused(long seconds) {
		refused(query(Long.toString(NOW.getEpochSecond() + seconds)), body(this.encrypted));
	}

	@ParameterizedTest
	@ValueSource(longs = { -599, 0, 599 })
	void aLittleDelayIsNormal(long seconds) {
		assertThat(door(CallbackMode.SAFE).open(query(NOW.plusSeconds(seconds)), body(this.encrypted))).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-", "1e9", "99999999999999999999", " 1714112445" })
	void aStrangeTimestampIsRefused(String timestamp) {
		refused(query(timestamp), body(this.encrypted));
	}

	@Test
	void anEchoMustBeThereAndShort() {
		CallbackDoor door = door(CallbackMode.SAFE);
		String timestamp = Long.toString(NOW.getEpochSecond());
		String signature = this.cipher.signature(timestamp, NONCE);
		assertThat(door.echo(new CallbackQuery(signature, "", timestamp, NONCE, "", "437"))).isEqualTo("437");
		for (String echo : new String[] { "", "a b", "x".repeat(257), "\r\n", "清" }) {
			assertThatExceptionOfType(RefusedCallbackException.class)
				.isThrownBy(() -> door.echo(new CallbackQuery(signature, "", timestamp, NONCE, "", echo)));
		}
	}

	@Test
	void tenThousandMutationsAreRefused() {
		Random random = new Random(20261122);
		byte[] body = body(this.encrypted);
		int start = new String(body, StandardCharsets.UTF_8).indexOf(this.encrypted);
		for (int i = 0; i < 10_000; i++) {
			byte[] changed = body.clone();
			int at = start + random.nextInt(this.encrypted.length());
			byte before = changed[at];
			changed[at] = (byte) (33 + random.nextInt(94));
			if (changed[at] != before) {
				refused(query(NOW), changed);
			}
		}
	}

	private void refused(CallbackQuery query, byte[] body) {
		assertThatExceptionOfType(RefusedCallbackException.class)
			.isThrownBy(() -> door(CallbackMode.SAFE).open(query, body));
	}

	private CallbackQuery query(Instant at) {
		return query(Long.toString(at.getEpochSecond()));
	}

	private CallbackQuery query(String timestamp) {
		return new CallbackQuery(this.cipher.signature(timestamp, NONCE),
				this.cipher.signature(timestamp, NONCE, this.encrypted), timestamp, NONCE, "aes", "");
	}

	private static byte[] body(String encrypted) {
		return "<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[%s]]></Encrypt></xml>".formatted(encrypted)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static CallbackDoor door(CallbackMode mode) {
		return door(new WechatProperties.Account(APP, "secret", "AAAAA", KEY, mode, CallbackFormat.XML));
	}

	private static CallbackDoor door(WechatProperties.Account account) {
		return new CallbackDoor(account, Duration.ofMinutes(10), Clock.fixed(NOW, ZoneOffset.UTC));
	}

}
