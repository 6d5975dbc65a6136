package cn.qingfeng.staff.account;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sessions of staff, and the first of them.
 *
 * @param idle a session that nobody used for so long has ended
 * @param absolute how long a session lasts at most
 * @param mlps whether passwords keep to the rules of classified protection (等级保护): three
 * kinds of characters, a new one every 90 days, none of the last five
 * @param adminPassword password of the account {@code admin} that is opened when there is
 * no account at all: given as {@code QINGFENG_STAFF_ADMINPASSWORD} for the first start
 * only, changed after the first login, and of no effect ever after
 */
@ConfigurationProperties("qingfeng.staff")
@Validated
record StaffProperties(@DefaultValue("8h") Duration idle, @DefaultValue("12h") Duration absolute,
		@DefaultValue("false") boolean mlps, @Nullable String adminPassword) {

	@Override
	public String toString() {
		return "StaffProperties[idle=%s, absolute=%s]".formatted(this.idle, this.absolute);
	}

}
