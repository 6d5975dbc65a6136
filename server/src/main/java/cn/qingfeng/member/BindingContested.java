package cn.qingfeng.member;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Somebody appealed, saying that an entry of the roster is theirs.
 *
 * @param appealId the appeal
 * @param memberId whose binding is in question, null when the appeal fits nobody who is
 * bound: it is told all the same, so that both take the same time
 * @param at when
 */
public record BindingContested(UUID appealId, @Nullable UUID memberId, Instant at) {

}
