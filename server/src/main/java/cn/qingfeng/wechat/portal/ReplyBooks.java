package cn.qingfeng.wechat.portal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import cn.qingfeng.wechat.WechatProperties;
import io.r2dbc.postgresql.codec.Json;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps the replies. Each node holds them ready and looks now and then whether another
 * one has changed them: an answer must not wait for a query.
 */
@Repository
class ReplyBooks {

	private static final Duration LOOK = Duration.ofSeconds(5);

	private static final String SELECT = """
			SELECT content::text AS content, version FROM wechat_reply_book WHERE name = :name
			""";

	private static final String SEED = """
			INSERT INTO wechat_reply_book (name, content) VALUES (:name, :content) ON CONFLICT DO NOTHING
			""";

	private static final String REPLACE = """
			INSERT INTO wechat_reply_book AS book (name, content) VALUES (:name, :content)
			ON CONFLICT (name) DO UPDATE
			   SET content = excluded.content, version = book.version + 1, updated_at = now()
			 WHERE book.version = :version
			RETURNING version
			""";

	private static final String CURRENT = "current";

	private final AtomicReference<@Nullable ReplyBook> ready = new AtomicReference<>();

	private final DatabaseClient database;

	private final Transactions transactions;

	private final Audit audit;

	private final WechatProperties properties;

	private final JsonMapper json;

	ReplyBooks(DatabaseClient database, Transactions transactions, Audit audit, WechatProperties properties,
			JsonMapper json, BackgroundLoops loops) {
		this.database = database;
		this.transactions = transactions;
		this.audit = audit;
		this.properties = properties;
		this.json = json;
		loops.start("wechat-replies", LOOK, () -> refreshed().thenReturn(false));
	}

	/** What is answered now, with nothing left to fill in. */
	Mono<ReplyBook> current() {
		return Mono.justOrEmpty(this.ready.get()).switchIfEmpty(Mono.defer(this::refreshed));
	}

	/** As the editors wrote it. */
	Mono<Edition> read() {
		return this.database.sql(SELECT)
			.bind("name", CURRENT)
			.mapProperties(Row.class)
			.one()
			.map((row) -> new Edition(this.json.readValue(row.content(), ReplyBook.class), row.version()))
			.defaultIfEmpty(new Edition(ReplyBook.EMPTY, 0));
	}

	/** Only when there is none: what was edited stays. */
	Mono<Void> seed(ReplyBook book) {
		return this.database.sql(SEED).bind("name", CURRENT).bind("content", content(book)).then();
	}

	/** Replaces the edition of this version, or fails because there is a newer one. */
	Mono<Edition> replace(long version, ReplyBook book) {
		Mono<Long> replaced = this.database.sql(REPLACE)
			.bind("name", CURRENT)
			.bind("content", content(book))
			.bind("version", version)
			.mapValue(Long.class)
			.one()
			.switchIfEmpty(Mono.error(StaleVersionProblem::new));
		return this.transactions
			.inTransaction(replaced.flatMap(
					(now) -> this.audit.record("wechat-replies.change", "v" + now).thenReturn(new Edition(book, now))))
			.doOnNext((edition) -> this.ready.set(filled(edition.book())));
	}

	private Mono<ReplyBook> refreshed() {
		return read().map(this::remembered);
	}

	/**
	 * Before the starting content is there, nothing is remembered: it comes any moment.
	 */
	private ReplyBook remembered(Edition edition) {
		ReplyBook book = filled(edition.book());
		this.ready.set((edition.version() > 0) ? book : null);
		return book;
	}

	private ReplyBook filled(ReplyBook book) {
		return new ReplyBook(book.rules()
			.stream()
			.map((rule) -> new ReplyBook.Rule(rule.occasion(), rule.keys(), this.properties.filled(rule.text())))
			.toList(), book.miniProgramToStaff());
	}

	private Json content(ReplyBook book) {
		return Json.of(this.json.writeValueAsString(book));
	}

	/**
	 * The replies and which edition of them.
	 *
	 * @param book with places still to be filled in
	 * @param version grows with each change, 0 before the first
	 */
	record Edition(ReplyBook book, long version) {

	}

	private record Row(String content, long version) {

	}

}
