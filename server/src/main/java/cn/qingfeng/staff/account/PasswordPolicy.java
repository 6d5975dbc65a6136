package cn.qingfeng.staff.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import cn.qingfeng.platform.problem.Violations;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Which passwords are good enough: long, on no list of common ones, and not made of the
 * person's own names.
 */
@Component
class PasswordPolicy {

	private final PasswordRules rules;

	private final Set<String> common = read("staff/common-passwords.txt");

	PasswordPolicy(StaffProperties properties) {
		this.rules = properties.mlps() ? PasswordRules.MLPS : PasswordRules.MODERN;
	}

	PasswordRules rules() {
		return this.rules;
	}

	boolean isTooOld(Instant changedAt, Instant now) {
		return this.rules.isTooOld(changedAt, now);
	}

	/**
	 * Refuses a weak password.
	 * @param password the new one
	 * @param username of the account
	 * @param displayName of the person
	 */
	void require(String password, String username, String displayName) {
		String plain = password.toLowerCase(Locale.ROOT);
		String core = plain.replaceFirst("[\\d\\p{Punct}]{1,4}$", "");
		new Violations()
			.require(password.codePointCount(0, password.length()) >= this.rules.shortest(), "newPassword",
					"密码至少 %d 个字符".formatted(this.rules.shortest()))
			.require(this.rules.hasEnoughKinds(password), "newPassword",
					"密码须包含大写字母、小写字母、数字、符号中的至少 %d 种".formatted(this.rules.kinds()))
			.require(!this.common.contains(plain) && !this.common.contains(core), "newPassword", "该密码过于常见，请换一个")
			.require(!plain.contains(username) && !plain.contains(displayName.toLowerCase(Locale.ROOT)), "newPassword",
					"密码不能包含用户名或姓名")
			.require(plain.chars().distinct().count() > 4, "newPassword", "密码的字符过于单一")
			.throwIfAny();
	}

	private static Set<String> read(String file) {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(new ClassPathResource(file).getInputStream(), StandardCharsets.UTF_8))) {
			return lines.lines().filter((line) -> !line.startsWith("# ")).collect(Collectors.toUnmodifiableSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file, ex);
		}
	}

}
