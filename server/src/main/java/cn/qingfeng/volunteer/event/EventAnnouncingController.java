package cn.qingfeng.volunteer.event;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.admin.EventsApi;
import cn.qingfeng.contract.admin.model.EventDraft;
import cn.qingfeng.contract.admin.model.EventPage;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.web.Versions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class EventAnnouncingController implements EventsApi {

	private final EventStore events;

	private final EventEditing editing;

	private final EventView.Reader views;

	private final EventMapper mapper;

	private final Idempotency idempotency;

	private final Clock clock;

	EventAnnouncingController(EventStore events, EventEditing editing, EventView.Reader views, EventMapper mapper,
			Idempotency idempotency, Clock clock) {
		this.events = events;
		this.editing = editing;
		this.views = views;
		this.mapper = mapper;
		this.idempotency = idempotency;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<EventPage>> listEvents(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Cursor after = Cursor.decode(cursor, Instant.class, UUID.class).orElse(null);
		return this.events.list(null, this.clock.instant(), after, size + 1)
			.flatMap(this.views::forStaff)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.event().startsAt(), row.event().id())))
			.map((page) -> ResponseEntity.ok(this.mapper.toStaff(page)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Event>> createEvent(Mono<EventDraft> eventDraft,
			ServerWebExchange exchange) {
		return eventDraft
			.flatMap((draft) -> this.idempotency.once(exchange, draft, cn.qingfeng.contract.admin.model.Event.class,
					answer(HttpStatus.CREATED, Mono.defer(() -> this.editing.create(this.mapper.toDomain(draft))))));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Event>> getEvent(UUID id, ServerWebExchange exchange) {
		return answer(HttpStatus.OK, this.events.find(id).switchIfEmpty(Mono.error(() -> new NotFoundProblem())));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Event>> updateEvent(UUID id, String ifMatch,
			Mono<EventDraft> eventDraft, ServerWebExchange exchange) {
		long version = Versions.of(ifMatch);
		return eventDraft.flatMap((draft) -> answer(HttpStatus.OK,
				Mono.defer(() -> this.editing.change(id, version, this.mapper.toDomain(draft)))));
	}

	private Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Event>> answer(HttpStatus status, Mono<Event> event) {
		return event.flatMap((found) -> this.views.forStaff(List.of(found)))
			.map((views) -> ResponseEntity.status(status)
				.eTag(Versions.etag(views.getFirst().event().version()))
				.body(this.mapper.toStaff(views.getFirst())));
	}

}
