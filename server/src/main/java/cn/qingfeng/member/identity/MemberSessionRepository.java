package cn.qingfeng.member.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

	private static final int MOST_SHOWN = 50;

	private final DatabaseClient database;

	private final IdGenerator ids;

	MemberSessionRepository(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/** Also forgets the account's sessions that have ended. */
	Mono<Void> insert(UUID accountId, String token, Device device, Instant now, Instant expiresAt) {
		return this.database.sql("""
				WITH ended AS (DELETE FROM member_session WHERE account_id = :accountId AND expires_at < :now)
				INSERT INTO member_session (id, token_digest, account_id, device, created_at, last_used_at, expires_at)
				VALUES (:id, :digest, :accountId, :device, :now, :now, :expiresAt)
				""")
			.bind("id", this.ids.next())
			.bind("digest", Tokens.digest(token))
			.bind("accountId", accountId)
			.bind("device", device.name())
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

	/** The living sessions of a person in all apps. */
	Mono<List<OwnSession>> findOwn(UUID accountId, Instant now, Instant idleSince) {
		return this.database.sql("""
				SELECT s.id, s.device, s.created_at, s.last_used_at FROM (
					SELECT id FROM wechat_account WHERE id = :accountId
					UNION SELECT other.id FROM wechat_account me
					JOIN wechat_account other ON other.member_id = me.member_id WHERE me.id = :accountId
				) a JOIN member_session s ON s.account_id = a.id
				WHERE s.expires_at > :now AND s.last_used_at > :idleSince
				ORDER BY s.last_used_at DESC, s.id DESC LIMIT :most
				""")
			.bind("accountId", accountId)
			.bind("now", now)
			.bind("idleSince", idleSince)
			.bind("most", MOST_SHOWN)
			.mapProperties(OwnSession.class)
			.all()
			.collectList();
	}

	/**
	 * Ends one of a person's own sessions.
	 * @return the account it belonged to, empty when it is not theirs
	 */
	Mono<UUID> deleteOwn(UUID accountId, UUID sessionId) {
		return this.database.sql("""
				DELETE FROM member_session s WHERE s.id = :id AND s.account_id IN (
					SELECT id FROM wechat_account WHERE id = :accountId
					UNION SELECT other.id FROM wechat_account me
					JOIN wechat_account other ON other.member_id = me.member_id WHERE me.id = :accountId)
				RETURNING s.account_id
				""").bind("id", sessionId).bind("accountId", accountId).mapValue(UUID.class).one();
	}

	/**
	 * Ends a person's sessions in all apps but one.
	 * @return the accounts they belonged to
	 */
	Mono<List<UUID>> deleteOthers(UUID accountId, UUID keptId) {
		return this.database.sql("""
				DELETE FROM member_session s WHERE s.id <> :keptId AND s.account_id IN (
					SELECT id FROM wechat_account WHERE id = :accountId
					UNION SELECT other.id FROM wechat_account me
					JOIN wechat_account other ON other.member_id = me.member_id WHERE me.id = :accountId)
				RETURNING s.account_id
				""").bind("keptId", keptId).bind("accountId", accountId).mapValue(UUID.class).all().collectList();
	}

	/**
	 * A session as its owner sees it.
	 *
	 * @param id of the session
	 * @param device in Chinese
	 * @param createdAt when the person logged in
	 * @param lastUsedAt to the hour
	 */
	record OwnSession(UUID id, String device, Instant createdAt, Instant lastUsedAt) {

	}

	private record FoundSession(String digest, UUID id, UUID accountId, @Nullable UUID memberId, Instant lastUsedAt,
			Instant expiresAt) {

		MemberSession toSession() {
			return new MemberSession(this.id, this.accountId, this.memberId, this.lastUsedAt, this.expiresAt);
		}

	}

}
