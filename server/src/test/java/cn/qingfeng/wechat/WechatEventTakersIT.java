package cn.qingfeng.wechat;

import java.util.List;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.platform.outbox.OutboxHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class WechatEventTakersIT {

	@Autowired
	private List<OutboxHandler<?>> handlers;

	static List<Class<?>> events() {
		return List.of(WechatEvent.class.getPermittedSubclasses());
	}

	@ParameterizedTest
	@MethodSource("events")
	void everyEventHasSomebodyWhoTakesIt(Class<?> event) {
		assertThat(this.handlers).extracting(OutboxHandler::type).anyMatch(event::equals);
	}

}
