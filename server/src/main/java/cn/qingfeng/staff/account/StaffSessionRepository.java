package cn.qingfeng.staff.account;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.security.Tokens;
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

	Mono<Credentials> findCredentials(Username username, String address) {
		return this.database.sql("""
				SELECT a.id, a.username, a.display_name, a.roles, a.units, a.password_hash, a.active, EXISTS (
					SELECT 1 FROM staff_known_address k WHERE k.staff_id = a.id AND k.address = :address
				) AS known_address
				FROM staff_account a WHERE a.username = :username
				""")
			.bind("username", username.value())
			.bind("address", address)
			.mapProperties(CredentialsRow.class)
			.one()
			.map(CredentialsRow::toCredentials);
	}

	/** Also forgets the person's sessions that have ended. */
	Mono<UUID> insert(UUID staffId, String token, Instant now, Instant expiresAt) {
		UUID id = this.ids.next();
		return this.database.sql("""
				WITH ended AS (DELETE FROM staff_session WHERE staff_id = :staffId AND expires_at < :now)
				INSERT INTO staff_session (id, token_digest, staff_id, created_at, last_used_at, expires_at)
				VALUES (:id, :digest, :staffId, :now, :now, :expiresAt)
				""")
			.bind("id", id)
			.bind("digest", Tokens.digest(token))
			.bind("staffId", staffId)
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

	private static StaffAccount account(UUID id, String username, String displayName, String[] roles, UUID[] units) {
		return new StaffAccount(id, username, displayName, Set.of(roles), Set.of(units));
	}

	private record CredentialsRow(UUID id, String username, String displayName, String[] roles, UUID[] units,
			String passwordHash, boolean active, boolean knownAddress) {

		Credentials toCredentials() {
			return new Credentials(account(this.id, this.username, this.displayName, this.roles, this.units),
					this.passwordHash, this.active, this.knownAddress);
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
