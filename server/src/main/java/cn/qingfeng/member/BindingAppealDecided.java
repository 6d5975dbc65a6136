package cn.qingfeng.member;

import java.time.Instant;
import java.util.UUID;

/**
 * The unit decided to whom an entry of the roster belongs.
 *
 * @param appealId the appeal
 * @param memberId whose entry
 * @param approved whether the appellant is bound now, else the binding stays as it was
 * @param at when
 */
public record BindingAppealDecided(UUID appealId, UUID memberId, boolean approved, Instant at) {

}
