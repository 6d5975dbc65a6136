package cn.qingfeng.staff.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Accounts, and the passwords that each has had.
 */
@Repository
class StaffAccountRepository {

	private static final String SELECT = """
			SELECT a.id, a.username, a.display_name, a.roles, a.units, a.active, a.totp_confirmed AS totp, a.created_at,
				(SELECT max(s.last_used_at) FROM staff_session s WHERE s.staff_id = a.id) AS last_used_at, a.version
			FROM staff_account a
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	StaffAccountRepository(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/** Those after a user name, in the order of user names. */
	Mono<List<ManagedAccount>> list(String after, int limit) {
		return this.database.sql(SELECT + "WHERE a.username > :after ORDER BY a.username LIMIT :limit")
			.bind("after", after)
			.bind("limit", limit)
			.mapProperties(ManagedAccount.class)
			.all()
			.collectList();
	}

	Mono<ManagedAccount> find(UUID id) {
		return this.database.sql(SELECT + "WHERE a.id = :id").bind("id", id).mapProperties(ManagedAccount.class).one();
	}

	/** How many of these units there are. */
	Mono<Long> countUnits(UUID[] units) {
		return this.database.sql("SELECT count(*) FROM unit WHERE id = ANY (:units)")
			.bind("units", units)
			.mapValue(Long.class)
			.one();
	}

	/** Empty when the user name is taken. */
	Mono<UUID> insert(Username username, Grants grants, String hash, Instant now) {
		return this.database.sql("""
				INSERT INTO staff_account (id, username, display_name, password_hash, roles, units, active, created_at,
					password_changed_at, must_change_password)
				VALUES (:id, :username, :displayName, :hash, :roles, :units, true, :now, :now, true)
				ON CONFLICT (username) DO NOTHING RETURNING id
				""")
			.bind("id", this.ids.next())
			.bind("username", username.value())
			.bind("displayName", grants.displayName())
			.bind("hash", hash)
			.bind("roles", grants.roleNames())
			.bind("units", grants.unitIds())
			.bind("now", now)
			.mapValue(UUID.class)
			.one();
	}

	/** Empty when the version is not the present one. */
	Mono<UUID> update(UUID id, Grants grants, boolean active, long version) {
		return this.database.sql("""
				UPDATE staff_account SET display_name = :displayName, roles = :roles, units = :units, active = :active,
					version = version + 1
				WHERE id = :id AND version = :version RETURNING id
				""")
			.bind("displayName", grants.displayName())
			.bind("roles", grants.roleNames())
			.bind("units", grants.unitIds())
			.bind("active", active)
			.bind("id", id)
			.bind("version", version)
			.mapValue(UUID.class)
			.one();
	}

	/** The hashes that count as used, newest first; the present one is among them. */
	Mono<List<String>> findHashes(UUID id, int most) {
		return this.database.sql("""
				SELECT hash FROM (
					SELECT password_hash AS hash, password_changed_at AS at FROM staff_account WHERE id = :id
					UNION ALL SELECT hash, replaced_at FROM staff_former_password WHERE staff_id = :id) used
				ORDER BY at DESC LIMIT :most
				""").bind("id", id).bind("most", most).mapValue(String.class).all().collectList();
	}

	/**
	 * Replaces a password; the one before is remembered.
	 * @param id of the account
	 * @param hash of the new one
	 * @param mustChange whether it is only good for the next log-in
	 * @param now when
	 */
	Mono<Void> replacePassword(UUID id, String hash, boolean mustChange, Instant now) {
		return this.database.sql("""
				WITH former AS (
					INSERT INTO staff_former_password (id, staff_id, hash, replaced_at)
					SELECT :formerId, id, password_hash, password_changed_at FROM staff_account WHERE id = :id)
				UPDATE staff_account SET password_hash = :hash, must_change_password = :mustChange,
					password_changed_at = :now, version = version + 1
				WHERE id = :id
				""")
			.bind("formerId", this.ids.next())
			.bind("hash", hash)
			.bind("mustChange", mustChange)
			.bind("now", now)
			.bind("id", id)
			.then();
	}

}
