package cn.qingfeng;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Keeps the server from starting half: names everything that is missing at once, before
 * any connection is opened.
 */
@Component
class RequiredSettings implements BeanFactoryPostProcessor {

	private static final List<String> PROPERTIES = List.of("qingfeng.privacy.key", "qingfeng.privacy.index-key",
			"qingfeng.wechat.public-base-url", "qingfeng.wechat.mp.app-id", "qingfeng.wechat.mp.secret",
			"qingfeng.wechat.mp.token", "qingfeng.wechat.mp.aes-key", "qingfeng.wechat.mini-program.app-id",
			"qingfeng.wechat.mini-program.secret", "qingfeng.wechat.mini-program.token",
			"qingfeng.wechat.mini-program.aes-key");

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		List<String> missing = new ArrayList<>();
		if (nobodyDefines(R2dbcConnectionDetails.class, beanFactory)) {
			missing.add("spring.r2dbc.url");
		}
		if (nobodyDefines(FlywayConnectionDetails.class, beanFactory)) {
			missing.add("spring.flyway.url");
		}
		Environment environment = beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME,
				Environment.class);
		PROPERTIES.stream()
			.filter((property) -> !StringUtils.hasText(environment.getProperty(property)))
			.forEach(missing::add);
		if (!missing.isEmpty()) {
			throw new MissingSettingsException(missing);
		}
	}

	private static boolean nobodyDefines(Class<?> type, ConfigurableListableBeanFactory beanFactory) {
		return beanFactory.getBeanNamesForType(type, true, false).length == 0;
	}

}
