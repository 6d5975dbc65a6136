package cn.qingfeng.member.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * WeChat accounts and the members they are joined to.
 */
@Repository
class AccountRepository {

	private static final int APPS_AT_MOST = 20;

	private final DatabaseClient database;

	private final IdGenerator ids;

	AccountRepository(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/** Finds the account or makes it. */
	Mono<Account> signIn(String appid, String openid, @Nullable String unionid, Instant now) {
		return this.database.sql("""
				INSERT INTO wechat_account (id, appid, openid, unionid, follows, text_size, created_at)
				VALUES (:id, :appid, :openid, :unionid, false, 'standard', :now)
				ON CONFLICT (appid, openid) DO UPDATE SET unionid = coalesce(excluded.unionid, wechat_account.unionid)
				RETURNING id, appid, unionid, member_id
				""")
			.bind("id", this.ids.next())
			.bind("appid", appid)
			.bind("openid", openid)
			.bind("unionid", Parameters.in(R2dbcType.VARCHAR, unionid))
			.bind("now", now)
			.mapProperties(Account.class)
			.one();
	}

	/** The member to whom WeChat's unionid leads by way of another app. */
	Mono<UUID> findMemberByUnion(Account account) {
		return this.database.sql("""
				SELECT other.member_id FROM wechat_account other
				WHERE other.unionid = :unionid AND other.member_id IS NOT NULL AND NOT EXISTS (
					SELECT 1 FROM wechat_account taken
					WHERE taken.member_id = other.member_id AND taken.appid = :appid)
				LIMIT 1
				""")
			.bind("unionid", Parameters.in(R2dbcType.VARCHAR, account.unionid()))
			.bind("appid", account.appid())
			.mapValue(UUID.class)
			.one();
	}

	/** Locks the accounts that a binding is about. */
	Mono<List<Account>> lock(UUID accountId, UUID memberId) {
		return this.database.sql("""
				SELECT id, appid, unionid, member_id FROM wechat_account
				WHERE id = :accountId OR member_id = :memberId
				ORDER BY id LIMIT :most FOR UPDATE
				""")
			.bind("accountId", accountId)
			.bind("memberId", memberId)
			.bind("most", APPS_AT_MOST)
			.mapProperties(Account.class)
			.all()
			.collectList();
	}

	Mono<Void> join(UUID accountId, UUID memberId, Instant now) {
		return this.database
			.sql("UPDATE wechat_account SET member_id = :memberId, bound_at = :now WHERE id = :accountId")
			.bind("accountId", accountId)
			.bind("memberId", memberId)
			.bind("now", now)
			.then();
	}

	/** Joins the person's accounts in other apps as well. */
	Mono<Void> joinUnion(Account account, UUID memberId, Instant now) {
		return this.database.sql("""
				UPDATE wechat_account a SET member_id = :memberId, bound_at = :now
				WHERE a.unionid = :unionid AND a.member_id IS NULL AND a.appid <> :appid AND NOT EXISTS (
					SELECT 1 FROM wechat_account taken WHERE taken.member_id = :memberId AND taken.appid = a.appid)
				""")
			.bind("memberId", memberId)
			.bind("now", now)
			.bind("unionid", Parameters.in(R2dbcType.VARCHAR, account.unionid()))
			.bind("appid", account.appid())
			.then();
	}

	/** Parts a member from all accounts. */
	Mono<Void> part(UUID memberId) {
		return this.database.sql("UPDATE wechat_account SET member_id = NULL, bound_at = NULL WHERE member_id = :id")
			.bind("id", memberId)
			.then();
	}

	/**
	 * Parts these accounts from the member, with their sessions and what could bind them.
	 */
	Mono<Void> expel(UUID memberId, List<UUID> accounts) {
		return this.database.sql("""
				WITH ended AS (
					DELETE FROM member_session WHERE account_id = ANY (:accounts)
				), voided AS (
					DELETE FROM binding_code WHERE member_id = :memberId
				)
				UPDATE wechat_account SET member_id = NULL, bound_at = NULL WHERE id = ANY (:accounts)
				""").bind("accounts", accounts.toArray(UUID[]::new)).bind("memberId", memberId).then();
	}

	/** Parts an account from its member unless it was bound again since. */
	Mono<Void> part(String appid, String openid, Instant at) {
		return this.database.sql("""
				UPDATE wechat_account SET member_id = NULL, bound_at = NULL
				WHERE appid = :appid AND openid = :openid AND bound_at <= :at
				""").bind("appid", appid).bind("openid", openid).bind("at", at).then();
	}

	/** Whether the account belongs to an active member. */
	Mono<Boolean> isBound(String appid, String openid) {
		return this.database.sql("""
				SELECT EXISTS (
					SELECT 1 FROM wechat_account a JOIN member m ON m.id = a.member_id AND m.status = 'ACTIVE'
					WHERE a.appid = :appid AND a.openid = :openid)
				""").bind("appid", appid).bind("openid", openid).mapValue(Boolean.class).one();
	}

	Mono<MemberProfile> findProfile(UUID accountId) {
		return this.database.sql("""
				SELECT m.id, m.name, m.phone_masked, m.position, u.id AS unit_id, u.name AS unit_name
				FROM wechat_account a
				JOIN member m ON m.id = a.member_id AND m.status = 'ACTIVE'
				JOIN unit u ON u.id = m.unit_id
				WHERE a.id = :id
				""").bind("id", accountId).mapProperties(MemberProfile.class).one();
	}

	/** Whether the person behind the account follows the public account. */
	Mono<Boolean> follows(UUID accountId, String publicAppid) {
		return this.database.sql("""
				SELECT EXISTS (
					SELECT 1 FROM wechat_account a JOIN wechat_account f ON f.appid = :appid AND f.follows
						AND (f.id = a.id OR f.member_id = a.member_id OR f.unionid = a.unionid)
					WHERE a.id = :id)
				""").bind("appid", publicAppid).bind("id", accountId).mapValue(Boolean.class).one();
	}

	Mono<MemberPreferences> findPreferences(UUID accountId) {
		return this.database.sql("SELECT text_size, quiet_from, quiet_to FROM wechat_account WHERE id = :id")
			.bind("id", accountId)
			.mapProperties(MemberPreferences.class)
			.one();
	}

	/** The same in all apps of a member. */
	Mono<Void> save(UUID accountId, MemberPreferences preferences) {
		return this.database.sql("""
				UPDATE wechat_account SET text_size = :textSize, quiet_from = :quietFrom, quiet_to = :quietTo
				WHERE id = :id OR member_id = (SELECT member_id FROM wechat_account WHERE id = :id)
				""")
			.bind("textSize", preferences.textSize())
			.bind("quietFrom", Parameters.in(R2dbcType.TIME, preferences.quietFrom()))
			.bind("quietTo", Parameters.in(R2dbcType.TIME, preferences.quietTo()))
			.bind("id", accountId)
			.then();
	}

}
