package cn.qingfeng.member.roster;

import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.member.roster.MemberStanding.Standing;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class MemberStandingRepository {

	private final DatabaseClient database;

	MemberStandingRepository(DatabaseClient database) {
		this.database = database;
	}

	/** Nobody binds the member meanwhile. */
	Mono<Standing> lock(UUID memberId) {
		return this.database.sql("SELECT unit_id, status FROM member WHERE id = :id FOR UPDATE")
			.bind("id", memberId)
			.mapProperties(Standing.class)
			.one();
	}

	Mono<Void> move(UUID memberId, UUID from, UUID to, UUID staffId, Instant now) {
		return this.database.sql("""
				WITH moved AS (UPDATE member SET unit_id = :to, updated_at = :now WHERE id = :id)
				INSERT INTO member_unit_change (member_id, from_unit_id, to_unit_id, staff_id, changed_at)
				VALUES (:id, :from, :to, :staffId, :now)
				""")
			.bind("id", memberId)
			.bind("from", from)
			.bind("to", to)
			.bind("staffId", staffId)
			.bind("now", now)
			.then();
	}

	Mono<Void> become(UUID memberId, String from, String to, UUID staffId, Instant now) {
		return this.database.sql("""
				WITH changed AS (UPDATE member SET status = :to, updated_at = :now WHERE id = :id)
				INSERT INTO member_status_change (member_id, from_status, to_status, staff_id, changed_at)
				VALUES (:id, :from, :to, :staffId, :now)
				""")
			.bind("id", memberId)
			.bind("from", from)
			.bind("to", to)
			.bind("staffId", staffId)
			.bind("now", now)
			.then();
	}

	/** Ends the sessions, parts the WeChat accounts and voids the binding code. */
	Mono<Void> endAccess(UUID memberId) {
		return this.database.sql("""
				WITH ended AS (
					DELETE FROM member_session s USING wechat_account a WHERE a.member_id = :id AND s.account_id = a.id
				), voided AS (
					DELETE FROM binding_code WHERE member_id = :id
				)
				UPDATE wechat_account SET member_id = NULL, bound_at = NULL WHERE member_id = :id
				""").bind("id", memberId).then();
	}

}
