package cn.qingfeng.push.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.contract.member.MessagesApi;
import cn.qingfeng.contract.member.model.MessagePage;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.security.CurrentMember;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class InboxController implements MessagesApi {

	private final Inbox inbox;

	private final InboxMapper mapper;

	private final Clock clock;

	InboxController(Inbox inbox, InboxMapper mapper, Clock clock) {
		this.inbox = inbox;
		this.mapper = mapper;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<MessagePage>> listMessages(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Cursor after = Cursor.decode(cursor, Instant.class, UUID.class).orElse(null);
		return CurrentMember.memberId().flatMap((member) -> page(member, after, size)).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Void>> markMessageRead(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.inbox.markRead(id, member, this.clock.instant()))
			.filter((found) -> found)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.thenReturn(ResponseEntity.noContent().build());
	}

	private Mono<MessagePage> page(UUID member, @Nullable Cursor after, int size) {
		return this.inbox.newest(member, after, size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.sentAt(), row.id())))
			.flatMap((page) -> this.inbox.unread(member).map((unread) -> this.mapper.toContract(page, unread)));
	}

}
