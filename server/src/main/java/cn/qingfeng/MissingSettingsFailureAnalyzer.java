package cn.qingfeng;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows the one sentence instead of a stack trace.
 */
class MissingSettingsFailureAnalyzer extends AbstractFailureAnalyzer<MissingSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingSettingsException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"设置这些环境变量；说明见 deploy/compose/.env.example / Set these environment variables, explained in deploy/compose/.env.example",
				cause);
	}

}
