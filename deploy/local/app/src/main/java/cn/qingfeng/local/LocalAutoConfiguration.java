package cn.qingfeng.local;

import java.time.Clock;
import java.time.Duration;

import cn.qingfeng.local.clock.AdjustableClock;
import cn.qingfeng.local.clock.ClockRoutes;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.StaffAccounts;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * What makes the server one that a person can try: a clock to turn, accounts to log in,
 * and a guide to all of it on the terminal.
 */
@AutoConfiguration
class LocalAutoConfiguration {

	@Bean
	@Primary
	AdjustableClock adjustableClock(@Value("${qingfeng.local.clock-ahead:0s}") Duration ahead) {
		AdjustableClock clock = new AdjustableClock(Clock.system(BusinessTime.ZONE));
		clock.set(clock.instant().plus(ahead));
		return clock;
	}

	@Bean
	RouterFunction<ServerResponse> clockRoutes(AdjustableClock clock, ObjectProvider<ClockRoutes.OtherClock> others) {
		return ClockRoutes.of(clock, others.orderedStream().toList());
	}

	@Bean
	LocalAccounts localAccounts(StaffAccounts accounts) {
		return new LocalAccounts(accounts);
	}

	@Bean
	WhereToLook whereToLook(Environment environment) {
		return new WhereToLook(environment);
	}

	@Bean
	@ConditionalOnBooleanProperty("qingfeng.local.stop-with-parent")
	ParentWatch parentWatch() {
		return new ParentWatch();
	}

}
