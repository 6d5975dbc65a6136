package cn.qingfeng.member.feedback;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.TooManyRequestsProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.time.BusinessTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

@Service
class FeedbackSending {

	private static final Logger log = LoggerFactory.getLogger(FeedbackSending.class);

	private final FeedbackStore store;

	private final FeedbackProperties properties;

	private final IdGenerator ids;

	private final Clock clock;

	FeedbackSending(FeedbackStore store, FeedbackProperties properties, IdGenerator ids, Clock clock) {
		this.store = store;
		this.properties = properties;
		this.ids = ids;
		this.clock = clock;
	}

	Mono<Feedback> send(String kind, String text, boolean anonymous) {
		new Violations().require(!text.isBlank(), "text", "请填写内容").throwIfAny();
		return CurrentMember.memberId()
			.map((memberId) -> message(memberId, kind, text.strip(), anonymous))
			.flatMap((message) -> this.store.insert(message, this.properties.perDay())
				.filter((stored) -> stored)
				.switchIfEmpty(Mono.error(TooManyRequestsProblem::new))
				.thenReturn(message))
			.delayUntil((message) -> LogContext
				.line(() -> log.info("feedback {} is to be answered until {}", message.id(), message.dueOn())));
	}

	private Feedback message(UUID memberId, String kind, String text, boolean anonymous) {
		return new Feedback(this.ids.next(), memberId, kind, text, anonymous, this.clock.instant(),
				this.properties.dueOn(BusinessTime.today(this.clock)), null, null, null);
	}

}
