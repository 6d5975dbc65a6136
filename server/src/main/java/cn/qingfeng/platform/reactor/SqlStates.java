package cn.qingfeng.platform.reactor;

import java.util.Optional;
import java.util.Set;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE codes of PostgreSQL that we act on, found anywhere in a chain of causes.
 */
public final class SqlStates {

	/** serialization_failure and deadlock_detected: nothing was done, try again. */
	private static final Set<String> ROLLED_BACK_BY_CHANCE = Set.of("40001", "40P01");

	/**
	 * lock_not_available, query_canceled by a timeout, admin and crash shutdown, too many
	 * connections, out of disk or memory: later it works.
	 */
	private static final Set<String> BUSY = Set.of("55P03", "57014", "57P01", "57P02", "57P03", "53100", "53200",
			"53300", "25P03");

	/**
	 * Characters, numbers and times that no column can hold, such as U+0000: whoever sent
	 * them has to change them.
	 */
	private static final Set<String> UNSTORABLE = Set.of("22021", "22P05", "22003", "22008");

	private SqlStates() {
	}

	public static Optional<String> of(@Nullable Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof R2dbcException database && database.getSqlState() != null) {
				return Optional.of(database.getSqlState());
			}
		}
		return Optional.empty();
	}

	/**
	 * Whether the database undid the transaction for a reason that a second try can do
	 * without.
	 */
	public static boolean isRetryable(Throwable error) {
		return of(error).filter(ROLLED_BACK_BY_CHANCE::contains).isPresent();
	}

	/**
	 * Whether the database is there but cannot serve now, or went away (class 08).
	 */
	public static boolean isUnavailable(Throwable error) {
		return of(error).filter((state) -> BUSY.contains(state) || state.startsWith("08")).isPresent();
	}

	public static boolean isUnstorable(Throwable error) {
		return of(error).filter(UNSTORABLE::contains).isPresent();
	}

	public static boolean isUniqueViolation(Throwable error) {
		return of(error).filter("23505"::equals).isPresent();
	}

}
