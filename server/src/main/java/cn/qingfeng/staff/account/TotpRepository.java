package cn.qingfeng.staff.account;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import cn.qingfeng.platform.security.Tokens;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Secrets of one-time codes and the recovery codes beside them.
 */
@Repository
class TotpRepository {

	private final DatabaseClient database;

	TotpRepository(DatabaseClient database) {
		this.database = database;
	}

	/** False when the account has a confirmed secret already. */
	Mono<Boolean> offer(UUID staffId, byte[] sealed) {
		return this.database.sql("UPDATE staff_account SET totp_cipher = :sealed WHERE id = :id AND NOT totp_confirmed")
			.bind("sealed", sealed)
			.bind("id", staffId)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	Mono<SealedTotp> find(UUID staffId) {
		return this.database.sql("""
				SELECT totp_cipher AS sealed, totp_confirmed AS confirmed FROM staff_account
				WHERE id = :id AND totp_cipher IS NOT NULL
				""").bind("id", staffId).mapProperties(SealedTotp.class).one();
	}

	Mono<Void> confirm(UUID staffId, long step) {
		return this.database.sql(
				"UPDATE staff_account SET totp_confirmed = true, totp_last_step = :step, version = version + 1 WHERE id = :id")
			.bind("step", step)
			.bind("id", staffId)
			.then();
	}

	Mono<Void> remove(UUID staffId) {
		return this.database.sql("""
				WITH codes AS (DELETE FROM staff_recovery_code WHERE staff_id = :id)
				UPDATE staff_account SET totp_confirmed = false, totp_cipher = NULL, totp_last_step = NULL,
					version = version + 1
				WHERE id = :id
				""").bind("id", staffId).then();
	}

	Mono<Void> replaceRecoveryCodes(UUID staffId, List<String> codes) {
		return this.database.sql("DELETE FROM staff_recovery_code WHERE staff_id = :id")
			.bind("id", staffId)
			.then()
			.then(this.database.sql(
					"INSERT INTO staff_recovery_code (staff_id, digest) SELECT :id, decode(d, 'hex') FROM unnest(:digests) d")
				.bind("id", staffId)
				.bind("digests", codes.stream().map(TotpRepository::hex).toArray(String[]::new))
				.then());
	}

	/** False when this or a later code was accepted before. */
	Mono<Boolean> accept(UUID staffId, long step) {
		return this.database.sql("""
				UPDATE staff_account SET totp_last_step = :step
				WHERE id = :id AND (totp_last_step IS NULL OR totp_last_step < :step)
				""").bind("step", step).bind("id", staffId).fetch().rowsUpdated().map((rows) -> rows == 1);
	}

	/** False when there is no such code or it was used. */
	Mono<Boolean> useRecoveryCode(UUID staffId, String code, Instant now) {
		return this.database.sql("""
				UPDATE staff_recovery_code SET used_at = :now
				WHERE staff_id = :id AND digest = decode(:digest, 'hex') AND used_at IS NULL
				""")
			.bind("now", now)
			.bind("id", staffId)
			.bind("digest", hex(code))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	private static String hex(String code) {
		return HexFormat.of().formatHex(Tokens.digest(code.strip().toLowerCase(Locale.ROOT)));
	}

	/**
	 * A secret as it is stored.
	 *
	 * @param sealed cipher text
	 * @param confirmed whether it counts
	 */
	record SealedTotp(byte[] sealed, boolean confirmed) {

	}

}
