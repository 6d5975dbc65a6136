package cn.qingfeng.staff.account;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a password must be like.
 *
 * @param shortest how many characters at least
 * @param kinds how many of small letters, capitals, digits and other characters
 * @param maxAge after it the password must be changed, null for never
 * @param history how many passwords before must not come again
 */
record PasswordRules(int shortest, int kinds, @Nullable Duration maxAge, int history) {

	/**
	 * Length and the list of common ones make a password strong; changing it does not.
	 */
	static final PasswordRules MODERN = new PasswordRules(10, 1, null, 1);

	/**
	 * What the assessors of classified protection (等级保护) ask for at the third level.
	 */
	static final PasswordRules MLPS = new PasswordRules(10, 3, Duration.ofDays(90), 5);

	boolean isTooOld(Instant changedAt, Instant now) {
		return this.maxAge != null && now.isAfter(changedAt.plus(this.maxAge));
	}

	boolean hasEnoughKinds(String password) {
		int found = 0;
		found += password.chars().anyMatch(Character::isLowerCase) ? 1 : 0;
		found += password.chars().anyMatch(Character::isUpperCase) ? 1 : 0;
		found += password.chars().anyMatch(Character::isDigit) ? 1 : 0;
		found += password.chars().anyMatch((character) -> !Character.isLetterOrDigit(character)) ? 1 : 0;
		return found >= this.kinds;
	}

}
