package cn.qingfeng.staff.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit.
 *
 * @param id grows
 * @param at when
 * @param actor who
 * @param action what
 * @param subject to which thing
 * @param detail such as the purpose of a view
 * @param result SUCCESS or REFUSED
 * @param origin from which address
 * @param trace under which id the log has the request
 */
record AuditRow(long id, Instant at, String actor, String action, @Nullable String subject, @Nullable String detail,
		String result, @Nullable String origin, @Nullable String trace) {

}
