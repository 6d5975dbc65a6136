package cn.qingfeng.member.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PersonalDataTests {

	private static final String KEY = key('a');

	private static final String INDEX_KEY = key('b');

	private final PersonalData data = data(KEY, INDEX_KEY);

	@Test
	void whatWasSealedCanBeOpened() {
		SealedText sealed = this.data.seal("13000000001", "member.phone:1");
		assertThat(this.data.open(sealed, "member.phone:1")).isEqualTo("13000000001");
		assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("13000000001");
	}

	@Test
	void sealingTwiceGivesDifferentBytes() {
		assertThat(this.data.seal("13000000001", "x").bytes()).isNotEqualTo(this.data.seal("13000000001", "x").bytes());
	}

	@Test
	void aCipherTextOfAnotherRowIsRefused() {
		SealedText sealed = this.data.seal("13000000001", "member.phone:1");
		assertThatIllegalStateException().isThrownBy(() -> this.data.open(sealed, "member.phone:2"));
	}

	@Test
	void aChangedCipherTextIsRefused() {
		SealedText sealed = this.data.seal("13000000001", "x");
		sealed.bytes()[14] ^= 1;
		assertThatIllegalStateException().isThrownBy(() -> this.data.open(sealed, "x"));
	}

	@Test
	void aCipherTextNamesItsKey() {
		SealedText sealed = data(key('c'), INDEX_KEY).seal("13000000001", "x");
		assertThatIllegalStateException().isThrownBy(() -> this.data.open(sealed, "x"))
			.withMessageContaining(sealed.keyId());
	}

	@Test
	void whatAFormerKeySealedIsStillRead() {
		SealedText sealed = data(key('c'), INDEX_KEY).seal("13000000001", "x");
		PersonalData both = data(KEY, List.of(key('c'), ""), INDEX_KEY);
		assertThat(both.open(sealed, "x")).isEqualTo("13000000001");
		assertThat(both.seal("13000000001", "x").keyId()).isNotEqualTo(sealed.keyId());
		assertThat(both.formerKeyIds()).containsExactly(sealed.keyId());
	}

	@Test
	void hashesDependOnPurposeAndKey() {
		byte[] hash = this.data.hash("phone", "13000000001");
		assertThat(hash).isEqualTo(this.data.hash("phone", "13000000001"));
		assertThat(hash).isNotEqualTo(this.data.hash("code", "13000000001"));
		assertThat(hash).isNotEqualTo(data(KEY, key('d')).hash("phone", "13000000001"));
	}

	@Test
	void aKeyOfTheWrongSizeStopsTheStart() {
		assertThatIllegalStateException().isThrownBy(() -> data("c2hvcnQ=", INDEX_KEY))
			.withMessageContaining("qingfeng.privacy.key");
	}

	private static PersonalData data(String key, String indexKey) {
		return data(key, List.of(), indexKey);
	}

	private static PersonalData data(String key, List<String> former, String indexKey) {
		try {
			return new PersonalData(new PrivacyProperties(key, former, indexKey));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String key(char character) {
		return Base64.getEncoder()
			.encodeToString(String.valueOf(character).repeat(32).getBytes(StandardCharsets.US_ASCII));
	}

}
