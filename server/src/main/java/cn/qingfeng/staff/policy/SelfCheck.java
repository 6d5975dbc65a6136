package cn.qingfeng.staff.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import cn.qingfeng.staff.PolicyException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * Looks at what is switched on and at what makes the installation unsafe, for whoever has
 * to answer for it.
 */
@Service
class SelfCheck {

	private static final int FEW = 2;

	private final PolicyExceptions exceptions;

	private final DatabaseClient database;

	private final Clock clock;

	SelfCheck(PolicyExceptions exceptions, DatabaseClient database, Clock clock) {
		this.exceptions = exceptions;
		this.database = database;
		this.clock = clock;
	}

	Mono<Report> report() {
		Instant now = this.clock.instant();
		return this.exceptions.inForce(now).flatMap((ends) -> facts(now).map((facts) -> report(ends, facts)));
	}

	private static Report report(Map<PolicyException, Instant> ends, Facts facts) {
		List<Rule> rules = Arrays.stream(PolicyException.values())
			.map((exception) -> new Rule(exception, ends.get(exception)))
			.toList();
		return new Report(rules,
				List.of(new Finding("database-role", !facts.auditWritable(), "服务使用的数据库角色不能修改审计日志"),
						new Finding("audit-chain", facts.auditWaiting() == 0, "审计日志已全部串链"),
						new Finding("administrators", facts.administrators() >= FEW, "至少有两名系统管理员，可以互相更改账号"),
						new Finding("administrators-totp", facts.administratorsWithoutTotp() == 0, "系统管理员都启用了动态口令"),
						new Finding("review-stages", facts.reviewStages() == 3, "三个审核环节各有不同的人"),
						new Finding("approvers", facts.approvers() >= FEW, "至少有两人可以审批例外事项"),
						new Finding("expired-exceptions", facts.lapsed() == 0, "没有过期后三十天内未续批或确认停用的例外事项"),
						new Finding("initial-passwords", facts.initialPasswords() == 0, "没有三天以上未修改的初始密码")));
	}

	private Mono<Facts> facts(Instant now) {
		return this.database.sql("""
				SELECT has_table_privilege('audit_entry', 'UPDATE') OR has_table_privilege('audit_entry', 'DELETE')
						AS audit_writable,
					(SELECT count(*) FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id
						WHERE e.at < now() - interval '5 minutes') AS audit_waiting,
					count(*) FILTER (WHERE 'ADMIN' = ANY (roles) AND cardinality(units) = 0) AS administrators,
					count(*) FILTER (WHERE 'ADMIN' = ANY (roles) AND NOT totp_confirmed) AS administrators_without_totp,
					(SELECT count(DISTINCT stage) FROM staff_account s, unnest(s.roles) stage
						WHERE s.active AND stage LIKE 'REVIEWER!__' ESCAPE '!') AS review_stages,
					count(*) FILTER (WHERE roles && ARRAY['ADMIN', 'APPROVER'] AND cardinality(units) = 0) AS approvers,
					(SELECT count(*) FROM policy_exception WHERE second_approver IS NOT NULL AND revoked_at IS NULL
						AND expires_at <= :now AND expires_at > :monthAgo) AS lapsed,
					count(*) FILTER (WHERE must_change_password AND password_changed_at < :threeDaysAgo)
						AS initial_passwords
				FROM staff_account WHERE active
				""")
			.bind("now", now)
			.bind("monthAgo", now.minus(Duration.ofDays(30)))
			.bind("threeDaysAgo", now.minus(Duration.ofDays(3)))
			.mapProperties(Facts.class)
			.one();
	}

	/**
	 * What was found.
	 *
	 * @param rules what could be switched on
	 * @param findings what makes the installation safe or not
	 */
	record Report(List<Rule> rules, List<Finding> findings) {

		boolean allWell() {
			return this.findings.stream().allMatch(Finding::holds);
		}

	}

	/**
	 * A rule.
	 *
	 * @param exception what it would take to do it
	 * @param allowedUntil null when it is off, as by default
	 */
	record Rule(PolicyException exception, @Nullable Instant allowedUntil) {

	}

	/**
	 * Something that was looked at.
	 *
	 * @param key of the check
	 * @param holds whether it is as it should be
	 * @param expectation how it should be, in Chinese
	 */
	record Finding(String key, boolean holds, String expectation) {

	}

	private record Facts(boolean auditWritable, long auditWaiting, long administrators, long administratorsWithoutTotp,
			long reviewStages, long approvers, long lapsed, long initialPasswords) {

	}

}
