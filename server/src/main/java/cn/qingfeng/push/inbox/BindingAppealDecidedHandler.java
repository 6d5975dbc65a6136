package cn.qingfeng.push.inbox;

import cn.qingfeng.member.BindingAppealDecided;
import cn.qingfeng.platform.outbox.OutboxHandler;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Tells the member who is bound after the decision: the appellant, or whoever was before.
 */
@Component
class BindingAppealDecidedHandler implements OutboxHandler<BindingAppealDecided> {

	private final Inbox inbox;

	BindingAppealDecidedHandler(Inbox inbox) {
		this.inbox = inbox;
	}

	@Override
	public Class<BindingAppealDecided> type() {
		return BindingAppealDecided.class;
	}

	@Override
	public Mono<Void> handle(BindingAppealDecided event) {
		return event.approved()
				? this.inbox.put(event.memberId(), "您的绑定申诉已经通过", "经所在单位核实，名册条目已绑定到您的微信，原先的绑定已解除并退出登录。",
						BindingContestedHandler.LINK, event.at())
				: this.inbox.put(event.memberId(), "关于您绑定的申诉已经驳回", "经所在单位核实，您的绑定保持不变。", BindingContestedHandler.LINK,
						event.at());
	}

	@Override
	public String name() {
		return "push.binding-appeal-decided";
	}

}
