package cn.qingfeng.platform.problem;

import java.util.Map;
import java.util.concurrent.TimeoutException;

import cn.qingfeng.platform.reactor.SqlStates;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import jakarta.validation.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerErrorException;
import org.springframework.web.server.ServerWebInputException;

/**
 * What Spring, the driver and the transport throw, as problems.
 */
@Component
class ProblemTranslation {

	private static final Map<Integer, String> NAMES = Map.of(400, "bad-request", 401, "unauthenticated", 403,
			"forbidden", 404, "not-found", 405, "method-not-allowed", 406, "not-acceptable", 413, "too-large", 415,
			"unsupported-media-type", 503, "unavailable");

	private final FieldErrors fieldErrors;

	ProblemTranslation(FieldErrors fieldErrors) {
		this.fieldErrors = fieldErrors;
	}

	Problem translate(Throwable error, String language) {
		return switch (error) {
			case Problem problem -> problem;
			case WebExchangeBindException invalid -> this.fieldErrors.of(invalid, language);
			case HandlerMethodValidationException invalid -> ofParameters(invalid, language);
			case ConstraintViolationException invalid -> this.fieldErrors.of(invalid, language);
			case ServerErrorException missing when isPathVariable(missing.getMethodParameter()) ->
				new NotFoundProblem();
			case ServerWebInputException input -> ofInput(input, language);
			case ResponseStatusException response -> ofStatus(response.getStatusCode());
			case AuthenticationException ignored -> new UnauthenticatedProblem();
			case AccessDeniedException ignored -> new ForbiddenProblem();
			case OptimisticLockingFailureException ignored -> new GenericProblem(HttpStatus.CONFLICT, "stale-version");
			case DuplicateKeyException ignored -> new GenericProblem(HttpStatus.CONFLICT, "duplicate");
			case TimeoutException ignored -> GenericProblem.unavailable();
			case DataAccessException database -> ofDatabase(database);
			case TransactionException transaction -> ofDatabase(transaction);
			case R2dbcException database -> ofDatabase(database);
			default -> (causeOf(error, DataBufferLimitException.class) != null) ? tooLarge() : internal();
		};
	}

	private Problem ofInput(ServerWebInputException input, String language) {
		if (causeOf(input, DataBufferLimitException.class) != null) {
			return tooLarge();
		}
		if (isPathVariable(input.getMethodParameter())) {
			return new NotFoundProblem();
		}
		if (input.getMethodParameter() != null && causeOf(input, TypeMismatchException.class) != null) {
			return this.fieldErrors.ofParameter(input.getMethodParameter(), language);
		}
		return this.fieldErrors.ofJson(input, language)
			.orElseGet(() -> new GenericProblem(HttpStatus.BAD_REQUEST, "unreadable-request"));
	}

	private Problem ofParameters(HandlerMethodValidationException invalid, String language) {
		boolean inPath = invalid.getParameterValidationResults()
			.stream()
			.anyMatch((result) -> result.getMethodParameter().hasParameterAnnotation(PathVariable.class));
		return inPath ? new NotFoundProblem() : this.fieldErrors.of(invalid, language);
	}

	private static Problem ofDatabase(Exception error) {
		if (SqlStates.isUniqueViolation(error)) {
			return new GenericProblem(HttpStatus.CONFLICT, "duplicate");
		}
		if (SqlStates.isUnstorable(error)) {
			return new GenericProblem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-request");
		}
		return isUnavailable(error) ? GenericProblem.unavailable() : internal();
	}

	private static boolean isUnavailable(Exception error) {
		return SqlStates.isUnavailable(error) || SqlStates.isRetryable(error)
				|| error instanceof DataAccessResourceFailureException
				|| error instanceof CannotCreateTransactionException || causeOf(error, TimeoutException.class) != null
				|| causeOf(error, R2dbcTransientResourceException.class) != null
				|| causeOf(error, R2dbcNonTransientResourceException.class) != null;
	}

	private static Problem ofStatus(HttpStatusCode code) {
		HttpStatus status = HttpStatus.resolve(code.value());
		if (status == null || status == HttpStatus.INTERNAL_SERVER_ERROR) {
			return internal();
		}
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			return GenericProblem.unavailable();
		}
		return new GenericProblem(status, NAMES.getOrDefault(status.value(), "rejected"));
	}

	private static boolean isPathVariable(@Nullable MethodParameter parameter) {
		return parameter != null && parameter.hasParameterAnnotation(PathVariable.class);
	}

	private static Problem tooLarge() {
		return new GenericProblem(HttpStatus.CONTENT_TOO_LARGE, "too-large");
	}

	private static Problem internal() {
		return new GenericProblem(HttpStatus.INTERNAL_SERVER_ERROR, "internal");
	}

	private static <E> @Nullable E causeOf(Throwable error, Class<E> type) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
