package cn.qingfeng.platform.batch;

import java.util.concurrent.TimeoutException;

import cn.qingfeng.platform.reactor.SqlStates;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Tells an error that one row may have caused from one that would strike any batch.
 */
final class BatchFailure {

	private BatchFailure() {
	}

	static boolean isOfTheWhole(Throwable error) {
		for (@Nullable
		Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (isResourceFailure(cause)) {
				return true;
			}
		}
		return SqlStates.isUnavailable(error);
	}

	private static boolean isResourceFailure(Throwable cause) {
		return cause instanceof TimeoutException || cause instanceof R2dbcTransientResourceException
				|| cause instanceof R2dbcNonTransientResourceException
				|| cause instanceof DataAccessResourceFailureException
				|| cause instanceof TransientDataAccessResourceException || cause instanceof IllegalStateException;
	}

}
