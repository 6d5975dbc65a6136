package cn.qingfeng.staff.account;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name somebody logs in with, in the one form in which it is stored and compared: an
 * input method's full-width letters and capitals make no difference.
 *
 * @param value the canonical form
 */
public record Username(String value) {

	public static Username of(String typed) {
		return new Username(Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT));
	}

}
