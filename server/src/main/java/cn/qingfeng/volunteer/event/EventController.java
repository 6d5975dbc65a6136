package cn.qingfeng.volunteer.event;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.member.EventsApi;
import cn.qingfeng.contract.member.model.EventPage;
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
class EventController implements EventsApi {

	private final EventStore events;

	private final Registering registering;

	private final EventView.Reader views;

	private final EventMapper mapper;

	private final Clock clock;

	EventController(EventStore events, Registering registering, EventView.Reader views, EventMapper mapper,
			Clock clock) {
		this.events = events;
		this.registering = registering;
		this.views = views;
		this.mapper = mapper;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<EventPage>> listEvents(cn.qingfeng.contract.member.model.@Nullable EventState state,
			Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Cursor after = Cursor.decode(cursor, Instant.class, UUID.class).orElse(null);
		EventState wanted = (state != null) ? this.mapper.toDomain(state) : null;
		return CurrentMember.memberId()
			.flatMap((member) -> this.events.list(wanted, this.clock.instant(), after, size + 1)
				.flatMap((found) -> this.views.forMember(found, member)))
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.event().startsAt(), row.event().id())))
			.map((page) -> ResponseEntity.ok(this.mapper.toMember(page)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.Event>> getEvent(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.events.find(id)
				.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
				.flatMap((event) -> this.views.forMember(List.of(event), member)))
			.map((rows) -> ResponseEntity.ok(this.mapper.toMember(rows.getFirst())));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.Registration>> register(UUID id,
			ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.registering.register(id, member))
			.map((registration) -> ResponseEntity.ok(this.mapper.toContract(registration)));
	}

	@Override
	public Mono<ResponseEntity<Void>> cancelRegistration(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.registering.cancel(id, member))
			.thenReturn(ResponseEntity.noContent().build());
	}

}
