package cn.qingfeng.member.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.security.Tokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class MemberSessionRepository {

	private final DatabaseClient database;

	private final IdGenerator ids;

	MemberSessionRepository(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/** Also forgets the account's sessions that have ended. */
	Mono<Void> insert(UUID accountId, String token, Instant now, Instant expiresAt) {
		return this.database.sql("""
				WITH ended AS (DELETE FROM member_session WHERE account_id = :accountId AND expires_at < :now)
				INSERT INTO member_session (id, token_digest, account_id, created_at, last_used_at, expires_at)
				VALUES (:id, :digest, :accountId, :now, :now, :expiresAt)
				""")
			.bind("id", this.ids.next())
			.bind("digest", Tokens.digest(token))
			.bind("accountId", accountId)
			.bind("now", now)
			.bind("expiresAt", expiresAt)
			.then();
	}

	/**
	 * Looks up many sessions at once.
	 * @param digests of tokens, in hexadecimal
	 * @return the sessions that exist, by their digests
	 */
	Mono<Map<String, MemberSession>> find(Collection<String> digests) {
		return this.database.sql("""
				SELECT d.digest, s.id, s.account_id, m.id AS member_id, s.last_used_at, s.expires_at
				FROM unnest(:digests) AS d (digest)
				JOIN member_session s ON s.token_digest = decode(d.digest, 'hex')
				JOIN wechat_account a ON a.id = s.account_id
				LEFT JOIN member m ON m.id = a.member_id AND m.status = 'ACTIVE'
				""")
			.bind("digests", digests.toArray(String[]::new))
			.mapProperties(FoundSession.class)
			.all()
			.collectMap(FoundSession::digest, FoundSession::toSession);
	}

	Mono<Void> noteUse(UUID sessionId, Instant now) {
		return this.database.sql("UPDATE member_session SET last_used_at = :now WHERE id = :id AND last_used_at < :now")
			.bind("id", sessionId)
			.bind("now", now)
			.then();
	}

	Mono<Void> delete(UUID sessionId) {
		return this.database.sql("DELETE FROM member_session WHERE id = :id").bind("id", sessionId).then();
	}

	private record FoundSession(String digest, UUID id, UUID accountId, @Nullable UUID memberId, Instant lastUsedAt,
			Instant expiresAt) {

		MemberSession toSession() {
			return new MemberSession(this.id, this.accountId, this.memberId, this.lastUsedAt, this.expiresAt);
		}

	}

}
