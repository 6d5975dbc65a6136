package cn.qingfeng.staff.policy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.staff.PolicyException;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Exceptions as they are stored.
 */
@Component
public class PolicyExceptions {

	private static final String SELECT = """
			SELECT id, rule, reason, requested_by, requested_at, expires_at, first_approver, second_approver, revoked_at,
				revoke_reason
			FROM policy_exception
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	PolicyExceptions(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/**
	 * What is in force.
	 * @param now at that time
	 * @return until when each is
	 */
	public Mono<Map<PolicyException, Instant>> inForce(Instant now) {
		return this.database.sql("""
				SELECT rule, max(expires_at) AS expires_at FROM policy_exception
				WHERE second_approver IS NOT NULL AND revoked_at IS NULL AND expires_at > :now
				GROUP BY rule
				""").bind("now", now).mapProperties(End.class).all().collectList().map(PolicyExceptions::byRule);
	}

	Mono<List<ExceptionRow>> newest(Instant before, UUID beforeId, int limit) {
		return this.database.sql(SELECT + """
				WHERE (requested_at, id) < (:before, :beforeId) ORDER BY requested_at DESC, id DESC LIMIT :limit
				""")
			.bind("before", before)
			.bind("beforeId", beforeId)
			.bind("limit", limit)
			.mapProperties(ExceptionRow.class)
			.all()
			.collectList();
	}

	Mono<ExceptionRow> lock(UUID id) {
		return this.database.sql(SELECT + "WHERE id = :id FOR UPDATE")
			.bind("id", id)
			.mapProperties(ExceptionRow.class)
			.one();
	}

	Mono<ExceptionRow> find(UUID id) {
		return this.database.sql(SELECT + "WHERE id = :id").bind("id", id).mapProperties(ExceptionRow.class).one();
	}

	Mono<ExceptionRow> insert(PolicyException rule, String reason, UUID staffId, Instant now, Instant expiresAt) {
		UUID id = this.ids.next();
		return this.database.sql("""
				INSERT INTO policy_exception (id, rule, reason, requested_by, requested_at, expires_at)
				VALUES (:id, :rule, :reason, :staffId, :now, :expiresAt)
				""")
			.bind("id", id)
			.bind("rule", rule.name())
			.bind("reason", reason)
			.bind("staffId", staffId)
			.bind("now", now)
			.bind("expiresAt", expiresAt)
			.then()
			.then(Mono.defer(() -> find(id)));
	}

	Mono<Void> approve(ExceptionRow exception, UUID staffId, Instant now) {
		String which = (exception.firstApprover() == null) ? "first" : "second";
		return this.database
			.sql("UPDATE policy_exception SET %1$s_approver = :staffId, %1$s_approved_at = :now WHERE id = :id"
				.formatted(which))
			.bind("staffId", staffId)
			.bind("now", now)
			.bind("id", exception.id())
			.then();
	}

	Mono<Void> revoke(UUID id, UUID staffId, String reason, Instant now) {
		return this.database.sql(
				"UPDATE policy_exception SET revoked_by = :staffId, revoked_at = :now, revoke_reason = :reason WHERE id = :id")
			.bind("staffId", staffId)
			.bind("now", now)
			.bind("reason", reason)
			.bind("id", id)
			.then();
	}

	/** A rule of a later version that this one does not know is left out. */
	private static Map<PolicyException, Instant> byRule(List<End> ends) {
		Map<PolicyException, Instant> known = new EnumMap<>(PolicyException.class);
		for (PolicyException rule : PolicyException.values()) {
			ends.stream()
				.filter((end) -> end.rule().equals(rule.name()))
				.forEach((end) -> known.put(rule, end.expiresAt()));
		}
		return known;
	}

	private record End(String rule, Instant expiresAt) {

	}

}
