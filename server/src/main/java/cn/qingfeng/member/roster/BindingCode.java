package cn.qingfeng.member.roster;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.platform.security.Tokens;

/**
 * A code with which a person binds where no phone number can be had: ten characters (50
 * bits) that are not mistaken for each other when read from paper.
 *
 * @param characters in capitals, without hyphen
 */
public record BindingCode(String characters) {

	private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

	private static final int LENGTH = 10;

	static BindingCode random() {
		byte[] bytes = Tokens.sha256().digest(Tokens.random().getBytes(StandardCharsets.US_ASCII));
		StringBuilder characters = new StringBuilder(LENGTH);
		for (int i = 0; i < LENGTH; i++) {
			characters.append(ALPHABET.charAt(bytes[i] & 31));
		}
		return new BindingCode(characters.toString());
	}

	/** Reads what a person typed: small letters, blanks, O for zero, I or L for one. */
	public static BindingCode of(String typed) {
		String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC)
			.toUpperCase(Locale.ROOT)
			.replaceAll("[\\s-]", "");
		return new BindingCode(plain.replace('O', '0').replace('I', '1').replace('L', '1'));
	}

	/** As it is printed: {@code 7K2QM-9XRTB}. */
	String printed() {
		return this.characters.substring(0, LENGTH / 2) + "-" + this.characters.substring(LENGTH / 2);
	}

	/** Keyed, for fifty bits can be tried out by who has the table alone. */
	public byte[] digest(PersonalData data) {
		return data.hash("binding-code", this.characters);
	}

	@Override
	public String toString() {
		return "BindingCode[***]";
	}

}
