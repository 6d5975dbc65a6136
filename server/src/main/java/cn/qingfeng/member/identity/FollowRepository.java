package cn.qingfeng.member.identity;

import java.time.Instant;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.platform.id.IdGenerator;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Who follows the public account, as WeChat tells it in any order. Who unfollows is
 * erased: account, sessions, binding. What stays is a keyed hash with a time, to tell a
 * late "followed" from a new one.
 */
@Repository
class FollowRepository {

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final IdGenerator ids;

	FollowRepository(DatabaseClient database, PersonalData personalData, IdGenerator ids) {
		this.database = database;
		this.personalData = personalData;
		this.ids = ids;
	}

	Mono<Void> followed(String appid, String openid, Instant at) {
		return this.database.sql("""
				WITH returned AS (
					DELETE FROM wechat_unfollow WHERE openid_index = :index AND at < :at)
				INSERT INTO wechat_account (id, appid, openid, follows, follow_changed_at, text_size, created_at)
				SELECT :id, :appid, :openid, true, :at, 'standard', :at
				WHERE NOT EXISTS (SELECT 1 FROM wechat_unfollow WHERE openid_index = :index AND at >= :at)
				ON CONFLICT (appid, openid) DO UPDATE SET follows = true, follow_changed_at = excluded.follow_changed_at
				WHERE coalesce(wechat_account.follow_changed_at, '-infinity') < excluded.follow_changed_at
				""")
			.bind("index", index(appid, openid))
			.bind("id", this.ids.next())
			.bind("appid", appid)
			.bind("openid", openid)
			.bind("at", at)
			.then();
	}

	Mono<Void> unfollowed(String appid, String openid, Instant at) {
		return this.database.sql("""
				WITH erased AS (
					DELETE FROM wechat_account WHERE appid = :appid AND openid = :openid
						AND coalesce(follow_changed_at, '-infinity') <= :at)
				INSERT INTO wechat_unfollow (openid_index, at)
				SELECT :index, :at
				WHERE NOT EXISTS (SELECT 1 FROM wechat_account WHERE appid = :appid AND openid = :openid
					AND follow_changed_at > :at)
				ON CONFLICT (openid_index) DO UPDATE SET at = greatest(wechat_unfollow.at, excluded.at)
				""")
			.bind("index", index(appid, openid))
			.bind("appid", appid)
			.bind("openid", openid)
			.bind("at", at)
			.then();
	}

	private byte[] index(String appid, String openid) {
		return this.personalData.hash("wechat.unfollow", appid + "|" + openid);
	}

}
