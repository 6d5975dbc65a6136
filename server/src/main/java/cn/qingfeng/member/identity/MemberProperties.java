package cn.qingfeng.member.identity;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sessions of members: long, for logging in again costs a person over fifty more than it
 * costs a thief, who needs the unlocked phone.
 *
 * @param idle a session that nobody used for so long has ended
 * @param absolute how long a session lasts at most
 */
@ConfigurationProperties("qingfeng.member")
@Validated
record MemberProperties(@DefaultValue("30d") Duration idle, @DefaultValue("90d") Duration absolute) {

}
