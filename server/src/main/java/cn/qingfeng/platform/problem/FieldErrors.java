package cn.qingfeng.platform.problem;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.metadata.ConstraintDescriptor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ServerWebInputException;

/**
 * Which field is wrong, from what bean validation and Jackson report.
 */
@Component
class FieldErrors {

	private final ProblemTexts texts;

	private final MessageInterpolator messages = Validation.byDefaultProvider()
		.configure()
		.getDefaultMessageInterpolator();

	FieldErrors(ProblemTexts texts) {
		this.texts = texts;
	}

	Problem of(WebExchangeBindException invalid, String language) {
		Violations violations = new Violations();
		invalid.getAllErrors().forEach((error) -> violations.add(field(error), message(error, language)));
		return violations.problem();
	}

	Problem of(HandlerMethodValidationException invalid, String language) {
		Violations violations = new Violations();
		invalid.getParameterValidationResults().forEach((result) -> add(violations, result, language));
		return violations.problem();
	}

	Problem of(ConstraintViolationException invalid, String language) {
		Violations violations = new Violations();
		invalid.getConstraintViolations()
			.forEach((violation) -> violations.add(lastOf(violation.getPropertyPath()), message(violation, language)));
		return violations.problem();
	}

	Problem ofParameter(MethodParameter parameter, String language) {
		return Violations.of(name(parameter), text(language, "wrong-type"));
	}

	/** Empty when the body is no JSON at all. */
	Optional<Problem> ofJson(ServerWebInputException input, String language) {
		if (input.getMostSpecificCause() instanceof StreamReadException) {
			return Optional.empty();
		}
		return mismatch(input).map((mismatch) -> Violations.of(path(mismatch),
				text(language, (mismatch instanceof UnrecognizedPropertyException) ? "unknown-field" : "wrong-type")));
	}

	/** A value outside of an enumeration hides behind what its factory method throws. */
	private static Optional<DatabindException> mismatch(Throwable error) {
		for (@Nullable
		Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof DatabindException mismatch) {
				return Optional.of(mismatch);
			}
		}
		return Optional.empty();
	}

	private void add(Violations violations, ParameterValidationResult result, String language) {
		if (result instanceof ParameterErrors errors) {
			errors.getAllErrors().forEach((error) -> violations.add(field(error), message(error, language)));
			return;
		}
		for (MessageSourceResolvable error : result.getResolvableErrors()) {
			violations.add(name(result.getMethodParameter()), message(error, language));
		}
	}

	/** Its own text is in the language of the machine. */
	private String message(ConstraintViolation<?> violation, String language) {
		return this.messages.interpolate(violation.getMessageTemplate(), new Reason(violation), Locale.of(language));
	}

	private String message(MessageSourceResolvable error, String language) {
		return Objects.requireNonNullElseGet(error.getDefaultMessage(), () -> text(language, "wrong-type"));
	}

	private String text(String language, String key) {
		return Objects.requireNonNull(this.texts.find(language, key));
	}

	private static String field(ObjectError error) {
		return (error instanceof FieldError fieldError) ? fieldError.getField() : error.getObjectName();
	}

	private static String lastOf(Path path) {
		String last = "parameter";
		for (Path.Node node : path) {
			last = Objects.requireNonNullElse(node.getName(), last);
		}
		return last;
	}

	private static String name(MethodParameter parameter) {
		return Objects.requireNonNullElse(parameter.getParameterName(), "parameter");
	}

	private static String path(JacksonException error) {
		return error.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? "." + step.getPropertyName()
					: "[" + step.getIndex() + "]")
			.collect(Collectors.joining())
			.replaceFirst("^\\.", "");
	}

	/**
	 * What the text of a violation may quote.
	 */
	private record Reason(ConstraintViolation<?> violation) implements MessageInterpolator.Context {

		@Override
		public ConstraintDescriptor<?> getConstraintDescriptor() {
			return this.violation.getConstraintDescriptor();
		}

		@Override
		public @Nullable Object getValidatedValue() {
			return this.violation.getInvalidValue();
		}

		@Override
		public <T> T unwrap(Class<T> type) {
			throw new ValidationException("no " + type);
		}

	}

}
