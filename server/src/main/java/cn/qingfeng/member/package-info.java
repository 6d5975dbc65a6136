/**
 * Who the members are: units, roster, the WeChat accounts joined to it, and the
 * protection of what is known about them.
 * <p>
 * API: {@link cn.qingfeng.member.Members} names members and tells by which way each can
 * be reached; {@link cn.qingfeng.member.MemberRecords} is for a feature that keeps
 * something about members; {@link cn.qingfeng.member.SmallGroups} hides small groups in
 * statistics; {@link cn.qingfeng.member.MemberId}, {@link cn.qingfeng.member.UnitId}.
 * <p>
 * Events: {@link cn.qingfeng.member.BindingContested} and
 * {@link cn.qingfeng.member.BindingAppealDecided}; follows and unfollows of WeChat are
 * taken from the outbox.
 */
@ApplicationModule(displayName = "Member", allowedDependencies = { "platform", "wechat", "staff" })
@NullMarked
package cn.qingfeng.member;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
