package cn.qingfeng.wechat.portal;

import java.util.Optional;

import cn.qingfeng.wechat.BoundFollowers;
import cn.qingfeng.wechat.WechatAccount;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Finds the answer to a message. WeChat shows none for most events, so most have none.
 */
@Component
class Replying {

	private final ReplyBooks books;

	private final ObjectProvider<BoundFollowers> followers;

	Replying(ReplyBooks books, ObjectProvider<BoundFollowers> followers) {
		this.books = books;
		this.followers = followers;
	}

	Mono<Optional<PassiveReply>> to(ReceivedMessage message) {
		return this.books.current().flatMap((book) -> reply(book, message));
	}

	private Mono<Optional<PassiveReply>> reply(ReplyBook book, ReceivedMessage message) {
		if (message.account() == WechatAccount.MINI_PROGRAM) {
			return Mono.just((message.isEvent() || !book.miniProgramToStaff()) ? Optional.empty()
					: Optional.of(PassiveReply.TO_STAFF));
		}
		if (!message.isEvent()) {
			return Mono.just(message.kind().equals("text") ? book.written(message.content()) : book.otherwise());
		}
		return switch (KnownEvent.of(message.kind()).orElse(KnownEvent.VIEW)) {
			case SUBSCRIBE -> isBound(book, message.openid()).map(book::welcome);
			case CLICK -> Mono.just(book.clicked(message.key()));
			default -> Mono.just(Optional.empty());
		};
	}

	private Mono<Boolean> isBound(ReplyBook book, String openid) {
		return book.asksWhoFollows() ? Mono.justOrEmpty(this.followers.getIfAvailable())
			.flatMap((roster) -> roster.isBound(openid))
			.defaultIfEmpty(false) : Mono.just(true);
	}

}
