package cn.qingfeng.staff;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.staff.account.Passwords;
import cn.qingfeng.staff.account.Username;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * Opens accounts and tells the names behind their ids.
 */
@Service
public class StaffAccounts {

	private static final int HASHED_AT_ONCE = 2;

	private final DatabaseClient database;

	private final Passwords passwords;

	private final IdGenerator ids;

	private final Clock clock;

	StaffAccounts(DatabaseClient database, Passwords passwords, IdGenerator ids, Clock clock) {
		this.database = database;
		this.passwords = passwords;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Opens accounts whose user name is free; those that exist stay as they are, so that
	 * it may be asked again at every start.
	 * @param accounts what to open
	 * @return completes when all exist
	 */
	public Mono<Void> open(Collection<NewStaffAccount> accounts) {
		return taken(accounts).flatMap((taken) -> Flux.fromIterable(accounts)
			.filter((account) -> !taken.contains(Username.of(account.username()).value()))
			.flatMap(this::open, HASHED_AT_ONCE)
			.then());
	}

	/**
	 * The names to show for these ids.
	 * @param ids of staff, in any number
	 * @return the names of those that exist
	 */
	public Mono<Map<UUID, String>> displayNames(Collection<UUID> ids) {
		return this.database.sql("SELECT id, display_name FROM staff_account WHERE id = ANY (:ids)")
			.bind("ids", ids.toArray(UUID[]::new))
			.mapProperties(DisplayName.class)
			.all()
			.collectMap(DisplayName::id, DisplayName::displayName);
	}

	/** Whether anybody has an account yet. */
	public Mono<Boolean> anyExists() {
		return this.database.sql("SELECT EXISTS (SELECT 1 FROM staff_account LIMIT 1)").mapValue(Boolean.class).one();
	}

	private Mono<Set<String>> taken(Collection<NewStaffAccount> accounts) {
		String[] names = accounts.stream()
			.map((account) -> Username.of(account.username()).value())
			.toArray(String[]::new);
		return this.database.sql("SELECT username FROM staff_account WHERE username = ANY (:names)")
			.bind("names", names)
			.mapValue(String.class)
			.all()
			.collectList()
			.map(Set::copyOf);
	}

	private Mono<Void> open(NewStaffAccount account) {
		return this.passwords.hash(account.password()).flatMap((hash) -> insert(account, hash));
	}

	private Mono<Void> insert(NewStaffAccount account, String hash) {
		Instant now = this.clock.instant();
		List<String> roles = account.roles().stream().map(Role::name).sorted().toList();
		return this.database.sql("""
				INSERT INTO staff_account (id, username, display_name, password_hash, roles, units, active,
					created_at, password_changed_at)
				VALUES (:id, :username, :displayName, :hash, :roles, :units, true, :now, :now)
				ON CONFLICT (username) DO NOTHING
				""")
			.bind("id", this.ids.next())
			.bind("username", Username.of(account.username()).value())
			.bind("displayName", account.displayName())
			.bind("hash", hash)
			.bind("roles", roles.toArray(String[]::new))
			.bind("units", account.units().toArray(UUID[]::new))
			.bind("now", now)
			.then();
	}

	record DisplayName(UUID id, String displayName) {

	}

}
