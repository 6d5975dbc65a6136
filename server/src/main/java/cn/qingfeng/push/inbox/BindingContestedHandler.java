package cn.qingfeng.push.inbox;

import java.util.UUID;

import cn.qingfeng.member.BindingContested;
import cn.qingfeng.platform.outbox.OutboxHandler;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Tells the member whose binding somebody else claims.
 */
@Component
class BindingContestedHandler implements OutboxHandler<BindingContested> {

	static final String LINK = "/m/#/pages/me/index";

	private static final String TITLE = "有人对您的绑定提出申诉";

	private static final String BODY = "有人提出，您绑定的名册条目应当属于他本人。所在单位核实后会作出处理；如有疑问，请尽快联系所在单位。";

	private final Inbox inbox;

	BindingContestedHandler(Inbox inbox) {
		this.inbox = inbox;
	}

	@Override
	public Class<BindingContested> type() {
		return BindingContested.class;
	}

	@Override
	public Mono<Void> handle(BindingContested event) {
		UUID memberId = event.memberId();
		return (memberId != null) ? this.inbox.put(memberId, TITLE, BODY, LINK, event.at()) : Mono.empty();
	}

	@Override
	public String name() {
		return "push.binding-contested";
	}

}
