package cn.qingfeng.wechat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class WechatPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
		.withUserConfiguration(Settings.class)
		.withPropertyValues(property("public-base-url", "https://h5.example.cn"), property("mp.app-id", "wx1"),
				property("mp.secret", "mp-secret"), property("mp.token", "token"),
				property("mp.aes-key", "A".repeat(43)), property("mini-program.app-id", "wx2"),
				property("mini-program.secret", "mini-secret"), property("mini-program.token", "token"),
				property("mini-program.aes-key", "A".repeat(43)));

	@Test
	void theRealWechatIsTheDefault() {
		this.runner.run((context) -> {
			WechatProperties properties = context.getBean(WechatProperties.class);
			assertThat(properties.apiHost()).hasToString("https://api.weixin.qq.com");
			assertThat(properties.mp().mode()).isEqualTo(WechatProperties.CallbackMode.SAFE);
			assertThat(properties.toString()).doesNotContain("mp-secret", "mini-secret", "token");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mp.app-id", "mp.secret", "mp.token", "mp.aes-key", "mini-program.secret" })
	void aMissingSettingStopsTheStart(String name) {
		this.runner.withPropertyValues(property(name, "")).run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@CsvSource({ "mp.aes-key, short", "mp.token, a!", "mp.mode, SOMETHING", "public-base-url, ''" })
	void aWrongSettingStopsTheStart(String name, String value) {
		this.runner.withPropertyValues(property(name, value)).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void clearCallbacksOfTheRealWechatStopTheStartUnlessSaidTwice() {
		ApplicationContextRunner clear = this.runner.withPropertyValues(property("mp.mode", "PLAIN"));
		clear.run((context) -> assertThat(context).hasFailed());
		clear.withPropertyValues(property("unsafe-callbacks", "true"))
			.run((context) -> assertThat(context).hasNotFailed());
		clear.withPropertyValues(property("api-host", "http://127.0.0.1:8090"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static String property(String name, String value) {
		return "qingfeng.wechat." + name + "=" + value;
	}

	@EnableConfigurationProperties(WechatProperties.class)
	static class Settings {

	}

}
