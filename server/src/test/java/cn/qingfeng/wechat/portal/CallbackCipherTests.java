package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class CallbackCipherTests {

	private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

	private static final String APP = "wxba5fad812f8e6fb9";

	private static final String TOKEN = "AAAAA";

	private final CallbackCipher cipher = new CallbackCipher(TOKEN, KEY, APP);

	private final Forge forge = new Forge(KEY, APP);

	@ParameterizedTest
	@MethodSource("cn.qingfeng.wechat.portal.Vector#all")
	void publishedMessagesAreDecrypted(Vector vector) {
		byte[] message = vector.cipher().decrypt(vector.encrypted());
		assertThat(new String(message, StandardCharsets.UTF_8)).isEqualTo(vector.plain());
	}

	@ParameterizedTest
	@MethodSource("cn.qingfeng.wechat.portal.Vector#all")
	void publishedSignaturesAreRight(Vector vector) {
		assertThat(vector.signature().isEmpty()
				|| vector.cipher().signs(vector.signature(), vector.timestamp(), vector.nonce(), vector.encrypted()))
			.isTrue();
	}

	@Test
	void theOfficialHandshakeAndPlainMessageAreSigned() {
		assertThat(this.cipher.signs("f464b24fc39322e44b38aa78f5edd27bd1441696", "1714036504", "1514711492")).isTrue();
		assertThat(this.cipher.signs("899cf89e464efb63f54ddac96b0a0a235f53aa78", "1714037059", "486452656")).isTrue();
	}

	@Test
	void aSignatureInUpperCaseIsWrong() {
		String right = this.cipher.signature("1714036504", "1514711492");
		assertThat(this.cipher.signs(right.toUpperCase(Locale.ROOT), "1714036504", "1514711492")).isFalse();
	}

	@Test
	void aMissingSignatureIsWrong() {
		assertThat(this.cipher.signs("", "1714036504", "1514711492")).isFalse();
	}

	@Test
	void whatWeEncryptComesBack() {
		assertThat(new String(this.cipher.decrypt(this.forge.encrypt("清风")), StandardCharsets.UTF_8)).isEqualTo("清风");
	}

	@Test
	void aMessageForAnotherAppidIsRefused() {
		refuses(new Forge(KEY, "wx0000000000000000").encrypt("清风"));
		refuses(new Forge(KEY, APP + "0").encrypt("清风"));
		refuses(new Forge(KEY, "").encrypt("清风"));
	}

	@Test
	void aBitFlippedInTheLastBlockIsRefused() {
		refuses(changed(this.forge.encrypt("清风"), (bytes) -> {
			bytes[bytes.length - 1] ^= 1;
			return bytes;
		}));
	}

	@Test
	void aBlockCutShortIsRefused() {
		refuses(changed(this.forge.encrypt("清风"), (bytes) -> Arrays.copyOf(bytes, bytes.length - 1)));
	}

	@Test
	void nothingAndGarbageAreRefused() {
		refuses("");
		refuses("not base64 !");
	}

	@ParameterizedTest
	@ValueSource(bytes = { 0, 33, -1, 127 })
	void aPaddingThatNobodyMakesIsRefused(byte pad) {
		byte[] padded = this.forge.padded(this.forge.buffer(new byte[3], 3));
		padded[padded.length - 1] = pad;
		refuses(this.forge.encryptPadded(padded));
	}

	@Test
	void aPaddingOfUnequalBytesIsRefused() {
		byte[] padded = this.forge.padded(this.forge.buffer(new byte[3], 3));
		padded[padded.length - 2] ^= 1;
		refuses(this.forge.encryptPadded(padded));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 22, 1_000 })
	void aLengthBeyondTheEndIsRefused(int length) {
		refuses(this.forge.encryptPadded(this.forge.padded(this.forge.buffer(new byte[3], length))));
	}

	@Test
	void everyEndingOfAnEncodingKeyIsAccepted() {
		String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
		assertThatNoException().isThrownBy(() -> IntStream.range(0, letters.length())
			.mapToObj((i) -> KEY.substring(0, 42) + letters.charAt(i))
			.forEach((key) -> new CallbackCipher(TOKEN, key, APP)));
	}

	private void refuses(String encrypted) {
		assertThatExceptionOfType(RefusedCallbackException.class).isThrownBy(() -> this.cipher.decrypt(encrypted));
	}

	private static String changed(String encrypted, UnaryOperator<byte[]> change) {
		return Base64.getEncoder().encodeToString(change.apply(Base64.getDecoder().decode(encrypted)));
	}

}
