package cn.qingfeng.content.reading;

import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.content.article.Columns;
import cn.qingfeng.contract.member.ArticlesApi;
import cn.qingfeng.contract.member.model.Article;
import cn.qingfeng.contract.member.model.ArticlePage;
import cn.qingfeng.contract.member.model.ColumnList;
import cn.qingfeng.contract.member.model.ReadingPosition;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentMember;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class ReadingController implements ArticlesApi {

	private final ReadingRoom room;

	private final Columns columns;

	private final ReadingMapper mapper;

	ReadingController(ReadingRoom room, Columns columns, ReadingMapper mapper) {
		this.room = room;
		this.columns = columns;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<ColumnList>> listColumns(ServerWebExchange exchange) {
		return this.columns.all().map(this.mapper::toColumns).map(ColumnList::new).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<ArticlePage>> listArticles(@Nullable String column, @Nullable String q, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Cursor after = Cursor.decode(cursor, Instant.class, UUID.class).orElse(null);
		return this.room.newest(column, q, after, size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.publishedAt(), row.id())))
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Article>> getArticle(UUID id, ServerWebExchange exchange) {
		return this.room.article(id).map(this.mapper::toContract).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<ArticlePage>> listFavourites(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Cursor after = Cursor.decode(cursor, Instant.class, UUID.class).orElse(null);
		return CurrentMember.memberId()
			.flatMap((member) -> this.room.favourites(member, after, size + 1))
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.keptAt(), row.article().id())))
			.map((page) -> this.mapper.toContract(page.map(ReadingRoom.Favourite::article)))
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Void>> addFavourite(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.room.keep(member, id))
			.thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Void>> removeFavourite(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.room.drop(member, id))
			.thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Void>> saveReadingPosition(UUID id, Mono<ReadingPosition> readingPosition,
			ServerWebExchange exchange) {
		return readingPosition
			.flatMap((position) -> CurrentMember.memberId()
				.flatMap((member) -> this.room.savePosition(member, id, position.getParagraph())))
			.thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<ReadingPosition>> getReadingPosition(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.room.position(member, id))
			.map((paragraph) -> new ReadingPosition().paragraph(paragraph))
			.map(ResponseEntity::ok);
	}

}
