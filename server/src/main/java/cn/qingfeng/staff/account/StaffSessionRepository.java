package cn.qingfeng.staff.account;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.security.Tokens;
import cn.qingfeng.staff.account.SessionKeeping.OpenSession;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Sessions and what log-ins are checked against.
 */
@Repository
class StaffSessionRepository {

	private final DatabaseClient database;

	private final IdGenerator ids;

	StaffSessionRepository(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	Mono<Credentials> findCredentials(Username username, String address, byte[] device) {
		return this.database.sql("""
				SELECT a.id, a.username, a.display_name, a.roles, a.units, a.password_hash, a.password_changed_at,
					a.must_change_password, a.active, a.totp_confirmed AS totp, EXISTS (
					SELECT 1 FROM staff_known_address k WHERE k.staff_id = a.id AND k.address = :address
				) AS known_address, EXISTS (
					SELECT 1 FROM staff_known_device d WHERE d.staff_id = a.id AND d.digest = :device
				) AS known_device
				FROM staff_account a WHERE a.username = :username
				""")
			.bind("username", username.value())
			.bind("address", address)
			.bind("device", device)
			.mapProperties(CredentialsRow.class)
			.one()
			.map(CredentialsRow::toCredentials);
	}

	/** Also forgets the person's sessions that have ended. */
	Mono<UUID> insert(UUID staffId, String token, String address, Instant now, Instant expiresAt) {
		UUID id = this.ids.next();
		return this.database.sql("""
				WITH ended AS (DELETE FROM staff_session WHERE staff_id = :staffId AND expires_at < :now)
				INSERT INTO staff_session (id, token_digest, staff_id, address, created_at, last_used_at, expires_at)
				VALUES (:id, :digest, :staffId, :address, :now, :now, :expiresAt)
				""")
			.bind("id", id)
			.bind("digest", Tokens.digest(token))
			.bind("staffId", staffId)
			.bind("address", address)
			.bind("now", now)
			.bind("expiresAt", expiresAt)
			.then()
			.thenReturn(id);
	}

	/** Keeps the ten addresses used last. */
	Mono<Void> rememberAddress(UUID staffId, String address, Instant now) {
		return this.database.sql("""
				WITH forgotten AS (
					DELETE FROM staff_known_address WHERE (staff_id, address) IN (
						SELECT staff_id, address FROM staff_known_address
						WHERE staff_id = :staffId AND address <> :address
						ORDER BY last_used_at DESC OFFSET 9 LIMIT 100))
				INSERT INTO staff_known_address (staff_id, address, last_used_at) VALUES (:staffId, :address, :now)
				ON CONFLICT (staff_id, address) DO UPDATE SET last_used_at = excluded.last_used_at
				""").bind("staffId", staffId).bind("address", address).bind("now", now).then();
	}

	/** Keeps the ten browsers used last. */
	Mono<Void> rememberDevice(UUID staffId, byte[] device, Instant now) {
		return this.database.sql("""
				WITH forgotten AS (
					DELETE FROM staff_known_device WHERE (staff_id, digest) IN (
						SELECT staff_id, digest FROM staff_known_device
						WHERE staff_id = :staffId AND digest <> :device
						ORDER BY last_used_at DESC OFFSET 9 LIMIT 100))
				INSERT INTO staff_known_device (staff_id, digest, last_used_at) VALUES (:staffId, :device, :now)
				ON CONFLICT (staff_id, digest) DO UPDATE SET last_used_at = excluded.last_used_at
				""").bind("staffId", staffId).bind("device", device).bind("now", now).then();
	}

	Mono<StaffSession> findByToken(String token) {
		return this.database.sql("""
				SELECT s.id AS session_id, s.last_used_at, s.expires_at,
					a.id, a.username, a.display_name, a.roles, a.units
				FROM staff_session s JOIN staff_account a ON a.id = s.staff_id AND a.active
				WHERE s.token_digest = :digest
				""")
			.bind("digest", Tokens.digest(token))
			.mapProperties(SessionRow.class)
			.one()
			.map(SessionRow::toSession);
	}

	Mono<StaffAccount> findAccount(UUID staffId) {
		return this.database.sql("SELECT id, username, display_name, roles, units FROM staff_account WHERE id = :id")
			.bind("id", staffId)
			.mapProperties(AccountRow.class)
			.one()
			.map(AccountRow::toAccount);
	}

	Mono<Void> noteUse(UUID sessionId, Instant now) {
		return this.database.sql("UPDATE staff_session SET last_used_at = :now WHERE id = :id AND last_used_at < :now")
			.bind("id", sessionId)
			.bind("now", now)
			.then();
	}

	Mono<Void> delete(UUID sessionId) {
		return this.database.sql("DELETE FROM staff_session WHERE id = :id").bind("id", sessionId).then();
	}

	/** False when there is none, or it is not of the owner that is asked for. */
	Mono<Boolean> delete(UUID sessionId, @Nullable UUID owner) {
		return this.database
			.sql("DELETE FROM staff_session WHERE id = :id AND (:owner::uuid IS NULL OR staff_id = :owner)")
			.bind("id", sessionId)
			.bind("owner", optional(owner))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	Mono<Void> deleteAll(UUID staffId) {
		return this.database.sql("DELETE FROM staff_session WHERE staff_id = :staffId").bind("staffId", staffId).then();
	}

	Mono<Void> deleteOthers(UUID staffId, UUID kept) {
		return this.database.sql("DELETE FROM staff_session WHERE staff_id = :staffId AND id <> :kept")
			.bind("staffId", staffId)
			.bind("kept", kept)
			.then();
	}

	/**
	 * Sessions that are alive, newest first.
	 * @param owner whose, null for everybody's
	 * @param before the last one of the page before
	 * @param now they end later
	 * @param usedSince they were used since
	 * @param limit at most
	 */
	Mono<List<OpenSession>> list(@Nullable UUID owner, UUID before, Instant now, Instant usedSince, int limit) {
		return this.database.sql("""
				SELECT s.id, a.id AS staff_id, a.username, a.display_name, s.address, s.created_at, s.last_used_at,
					s.expires_at
				FROM staff_session s JOIN staff_account a ON a.id = s.staff_id AND a.active
				WHERE s.id < :before AND s.expires_at > :now AND s.last_used_at > :usedSince
					AND (:owner::uuid IS NULL OR s.staff_id = :owner)
				ORDER BY s.id DESC LIMIT :limit
				""")
			.bind("before", before)
			.bind("now", now)
			.bind("usedSince", usedSince)
			.bind("owner", optional(owner))
			.bind("limit", limit)
			.mapProperties(OpenSession.class)
			.all()
			.collectList();
	}

	private static Parameter optional(@Nullable UUID id) {
		return (id != null) ? Parameters.in(id) : Parameters.in(UUID.class);
	}

	private static StaffAccount account(UUID id, String username, String displayName, String[] roles, UUID[] units) {
		return new StaffAccount(id, username, displayName, Set.of(roles), Set.of(units));
	}

	private record CredentialsRow(UUID id, String username, String displayName, String[] roles, UUID[] units,
			String passwordHash, Instant passwordChangedAt, boolean mustChangePassword, boolean active, boolean totp,
			boolean knownAddress, boolean knownDevice) {

		Credentials toCredentials() {
			return new Credentials(account(this.id, this.username, this.displayName, this.roles, this.units),
					this.passwordHash, this.passwordChangedAt, this.mustChangePassword, this.active, this.totp,
					this.knownAddress, this.knownDevice);
		}

	}

	private record SessionRow(UUID sessionId, Instant lastUsedAt, Instant expiresAt, UUID id, String username,
			String displayName, String[] roles, UUID[] units) {

		StaffSession toSession() {
			return new StaffSession(this.sessionId,
					account(this.id, this.username, this.displayName, this.roles, this.units), this.lastUsedAt,
					this.expiresAt);
		}

	}

	private record AccountRow(UUID id, String username, String displayName, String[] roles, UUID[] units) {

		StaffAccount toAccount() {
			return account(this.id, this.username, this.displayName, this.roles, this.units);
		}

	}

}
