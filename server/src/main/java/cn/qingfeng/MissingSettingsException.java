package cn.qingfeng;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The server was started without something that only its operator can give.
 */
final class MissingSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MissingSettingsException(List<String> properties) {
		super("缺少配置，服务没有启动 / Missing settings, the server did not start: " + properties.stream()
			.map(MissingSettingsException::environmentVariable)
			.collect(Collectors.joining(", ")));
	}

	private static String environmentVariable(String property) {
		return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

}
