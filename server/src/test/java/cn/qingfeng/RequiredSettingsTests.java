package cn.qingfeng;

import org.junit.jupiter.api.Test;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class RequiredSettingsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean(RequiredSettings.class);

	@Test
	void everythingThatIsMissingIsNamedAtOnceAsAnEnvironmentVariable() {
		this.runner.run((context) -> assertThat(context).getFailure()
			.isInstanceOf(MissingSettingsException.class)
			.hasMessageStartingWith("缺少配置")
			.hasMessageContaining(
					"SPRING_R2DBC_URL, SPRING_FLYWAY_URL, QINGFENG_PRIVACY_KEY, QINGFENG_PRIVACY_INDEXKEY")
			.hasMessageContaining("QINGFENG_WECHAT_MINIPROGRAM_AESKEY"));
	}

	@Test
	void anEmptyValueIsAMissingOne() {
		this.runner.withPropertyValues("qingfeng.privacy.key=")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("QINGFENG_PRIVACY_KEY"));
	}

	@Test
	void aDatabaseThatSomebodyBringsAlongIsNotMissing() {
		this.runner.withBean(R2dbcConnectionDetails.class, () -> mock(R2dbcConnectionDetails.class))
			.withBean(FlywayConnectionDetails.class, () -> mock(FlywayConnectionDetails.class))
			.withPropertyValues("qingfeng.privacy.key=x", "qingfeng.privacy.index-key=x",
					"qingfeng.wechat.public-base-url=http://127.0.0.1", "qingfeng.wechat.mp.app-id=x",
					"qingfeng.wechat.mp.secret=x", "qingfeng.wechat.mp.token=x", "qingfeng.wechat.mp.aes-key=x",
					"qingfeng.wechat.mini-program.app-id=x", "qingfeng.wechat.mini-program.secret=x",
					"qingfeng.wechat.mini-program.token=x", "qingfeng.wechat.mini-program.aes-key=x")
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
