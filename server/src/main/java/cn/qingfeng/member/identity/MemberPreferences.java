package cn.qingfeng.member.identity;

import java.time.LocalTime;

import cn.qingfeng.platform.problem.Violations;
import org.jspecify.annotations.Nullable;

/**
 * How a person likes to be served.
 *
 * @param textSize standard, large or extraLarge
 * @param quietFrom no messages from this time on, null for the usual quiet hours
 * @param quietTo until this time, on the next day when it is earlier
 */
record MemberPreferences(String textSize, @Nullable LocalTime quietFrom, @Nullable LocalTime quietTo) {

	static MemberPreferences of(String textSize, @Nullable LocalTime quietFrom, @Nullable LocalTime quietTo) {
		if (quietFrom != null && quietFrom.equals(quietTo)) {
			throw Violations.of("quietHours.to", "免打扰的开始和结束时间不能相同");
		}
		return new MemberPreferences(textSize, quietFrom, quietTo);
	}

}
