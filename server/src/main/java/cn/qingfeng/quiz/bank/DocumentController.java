package cn.qingfeng.quiz.bank;

import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.contract.admin.SourceDocumentsApi;
import cn.qingfeng.contract.admin.model.DocumentDraft;
import cn.qingfeng.contract.admin.model.DocumentEdition;
import cn.qingfeng.contract.admin.model.DocumentEditionPage;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The registry of documents that questions rest on.
 */
@RestController
class DocumentController implements SourceDocumentsApi {

	private static final UUID FIRST = new UUID(0, 0);

	private final DocumentKeeping keeping;

	private final Editions editions;

	private final BankMapper mapper;

	private final Idempotency idempotency;

	DocumentController(DocumentKeeping keeping, Editions editions, BankMapper mapper, Idempotency idempotency) {
		this.keeping = keeping;
		this.editions = editions;
		this.mapper = mapper;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<DocumentEditionPage>> listDocuments(@Nullable Boolean superseded, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		Optional<Cursor> after = Cursor.decode(cursor, String.class, UUID.class);
		int size = Page.limit(limit);
		return this.editions
			.page(superseded, after.map((keys) -> keys.get(0, String.class)).orElse(""),
					after.map((keys) -> keys.get(1, UUID.class)).orElse(FIRST), size + 1)
			.map((rows) -> Page.of(rows, size, (last) -> Cursor.encode(last.title(), last.id())))
			.map((page) -> ResponseEntity.ok(body(page)));
	}

	@Override
	public Mono<ResponseEntity<DocumentEdition>> createDocument(Mono<DocumentDraft> documentDraft,
			ServerWebExchange exchange) {
		return documentDraft.flatMap((draft) -> this.idempotency.once(exchange, draft, DocumentEdition.class,
				this.keeping.create(draft.getTitle(), draft.getEdition(), draft.getValidFrom()).map(this::created)));
	}

	@Override
	public Mono<ResponseEntity<DocumentEdition>> supersedeDocument(UUID id, Mono<DocumentDraft> documentDraft,
			ServerWebExchange exchange) {
		return documentDraft.flatMap((draft) -> this.idempotency.once(exchange, draft, DocumentEdition.class,
				this.keeping.supersede(id, draft.getTitle(), draft.getEdition(), draft.getValidFrom())
					.map(this::created)));
	}

	private ResponseEntity<DocumentEdition> created(Edition edition) {
		return ResponseEntity.status(HttpStatus.CREATED).body(this.mapper.edition(edition));
	}

	private DocumentEditionPage body(Page<Edition> page) {
		DocumentEditionPage body = new DocumentEditionPage();
		body.setItems(page.items().stream().map(this.mapper::edition).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

}
