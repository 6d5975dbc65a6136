package cn.qingfeng.member.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.identity.Appealing.NewAppeal;
import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.SealedText;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Appeals as their appellants see them. Their ids grow with time.
 */
@Repository
class AppealRepository {

	/**
	 * Of the column that holds the appellant's phone number, before the id of the row.
	 */
	static final String CONTACT = "binding_appeal.contact:";

	private static final Duration KEPT = Duration.ofDays(180);

	private static final int MOST_SHOWN = 20;

	private final DatabaseClient database;

	private final PersonalData personalData;

	AppealRepository(DatabaseClient database, PersonalData personalData) {
		this.database = database;
		this.personalData = personalData;
	}

	/** Empty when there is no such account. */
	Mono<Standing> standing(UUID accountId, Instant since) {
		return this.database.sql("""
				SELECT a.member_id, count(p.id) FILTER (WHERE p.submitted_at > :since)::int AS recent,
					coalesce(bool_or(p.state = 'OPEN'), false) AS open
				FROM wechat_account a LEFT JOIN binding_appeal p ON p.account_id = a.id
				WHERE a.id = :id GROUP BY a.id
				""").bind("id", accountId).bind("since", since).mapProperties(Standing.class).one();
	}

	/**
	 * Stores an appeal; old ones are forgotten.
	 * @return whether another WeChat account is bound to the member; empty when another
	 * appeal of the account is open
	 */
	Mono<Boolean> insert(UUID id, UUID accountId, @Nullable UUID memberId, NewAppeal appeal, Instant now) {
		SealedText contact = this.personalData.seal(appeal.contact().digits(), CONTACT + id);
		return this.database
			.sql("""
					WITH old AS (DELETE FROM binding_appeal WHERE submitted_at < :old)
					INSERT INTO binding_appeal (id, account_id, member_id, name, reason, contact_cipher, contact_key,
						contact_masked, privacy_notice, state, submitted_at)
					VALUES (:id, :accountId, :memberId, :name, :reason, :cipher, :key, :masked, :privacyNotice, 'OPEN', :now)
					ON CONFLICT (account_id) WHERE state = 'OPEN' DO NOTHING
					RETURNING EXISTS (SELECT 1 FROM wechat_account w WHERE w.member_id = :memberId)
					""")
			.bind("old", now.minus(KEPT))
			.bind("id", id)
			.bind("accountId", accountId)
			.bind("memberId", optional(memberId))
			.bind("name", appeal.name().value())
			.bind("reason", appeal.reason())
			.bind("cipher", contact.bytes())
			.bind("key", contact.keyId())
			.bind("masked", appeal.contact().masked())
			.bind("privacyNotice", Parameters.in(R2dbcType.VARCHAR, appeal.privacyNotice()))
			.bind("now", now)
			.mapValue(Boolean.class)
			.one();
	}

	/** The account's own, and those of others that parted it from the roster. */
	Mono<List<BindingAppeal>> ofAccount(UUID accountId) {
		return this.database
			.sql("""
					SELECT id, state, account_id = :id AS own, submitted_at, CASE WHEN account_id = :id THEN answer END AS answer,
						decided_at
					FROM binding_appeal WHERE account_id = :id OR parted @> ARRAY[:id]::uuid[]
					ORDER BY id DESC LIMIT :most
					""")
			.bind("id", accountId)
			.bind("most", MOST_SHOWN)
			.mapProperties(BindingAppeal.class)
			.all()
			.collectList();
	}

	private static Parameter optional(@Nullable UUID id) {
		return (id != null) ? Parameters.in(id) : Parameters.in(UUID.class);
	}

	/**
	 * Whether an account may appeal.
	 *
	 * @param memberId to whom it is bound already, null when to nobody
	 * @param recent how many appeals it made lately
	 * @param open whether one of its appeals is without an answer
	 */
	record Standing(@Nullable UUID memberId, int recent, boolean open) {

	}

}
