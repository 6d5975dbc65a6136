package cn.qingfeng.wechat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.platform.outbox.OutboxHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class WechatEventTakersIT {

	/** What nobody takes yet, and why nothing is lost by it. */
	private static final Map<Class<?>, String> NOT_TAKEN = Map.of(WechatEvent.PublicationFinished.class,
			"articles go out as mass sends; nobody submits a publication", WechatEvent.SubscriptionAnswered.class,
			"no subscription message is sent", WechatEvent.SubscriptionChanged.class, "no subscription message is sent",
			WechatEvent.SubscriptionMessageSent.class, "no subscription message is sent");

	@Autowired
	private List<OutboxHandler<?>> handlers;

	static List<Class<?>> events() {
		return List.of(WechatEvent.class.getPermittedSubclasses());
	}

	@ParameterizedTest
	@MethodSource("events")
	void everyEventHasSomebodyWhoTakesItOrAReason(Class<?> event) {
		assertThat(this.handlers.stream().map(OutboxHandler::type).collect(Collectors.<Class<?>>toSet()).contains(event)
				|| NOT_TAKEN.containsKey(event))
			.as(event.getSimpleName())
			.isTrue();
	}

}
