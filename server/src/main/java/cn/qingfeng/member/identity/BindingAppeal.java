package cn.qingfeng.member.identity;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An appeal as the appellant sees it: it does not tell whether it fits anybody.
 *
 * @param id grows with time
 * @param state OPEN, APPROVED or REJECTED
 * @param own whether it is the own, else it parted the own WeChat account from the roster
 * @param submittedAt when
 * @param answer of the unit, null until there is one
 * @param decidedAt when, null until then
 */
record BindingAppeal(UUID id, String state, boolean own, Instant submittedAt, @Nullable String answer,
		@Nullable Instant decidedAt) {

}
