package cn.qingfeng.local.embedded;

import java.util.Arrays;
import java.util.Optional;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches as long as nobody has named a server of their own.
 */
abstract class OnNothingConfigured extends SpringBootCondition {

	private final String[] properties;

	OnNothingConfigured(String... properties) {
		this.properties = properties;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		Optional<String> configured = Arrays.stream(this.properties)
			.filter((property) -> environment.containsProperty(property))
			.findFirst();
		ConditionMessage.Builder message = ConditionMessage.forCondition("Embedded server");
		return configured.map((property) -> ConditionOutcome.noMatch(message.because(property + " is configured")))
			.orElseGet(() -> ConditionOutcome.match(message.because("no server is configured")));
	}

}
