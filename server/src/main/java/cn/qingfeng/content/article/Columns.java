package cn.qingfeng.content.article;

import java.util.List;
import java.util.Map;

import cn.qingfeng.platform.problem.Violations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The columns in the database. They are few, so they are read whole.
 */
@Component
public class Columns {

	private final DatabaseClient database;

	Columns(DatabaseClient database) {
		this.database = database;
	}

	/** All columns in their order, with their links. */
	public Mono<List<Column>> all() {
		return this.database.sql("""
				SELECT c.key, c.name, c.description, l.title AS link_title, l.description AS link_description, l.url,
					l.wechat_account
				FROM content_column c LEFT JOIN content_column_link l ON l.column_key = c.key
				ORDER BY c.position, c.key, l.position LIMIT :limit
				""").bind("limit", 1000).mapProperties(Row.class).all().collectList().map(Columns::assemble);
	}

	/** Names by key. */
	public Mono<Map<String, String>> names() {
		return this.database.sql("SELECT key, name FROM content_column LIMIT :limit")
			.bind("limit", 1000)
			.mapProperties(Name.class)
			.all()
			.collectMap(Name::key, Name::name);
	}

	/** 422 unless the column exists. */
	Mono<Void> require(String key) {
		return names().filter((names) -> names.containsKey(key))
			.switchIfEmpty(Mono.error(() -> Violations.of("column", "没有这个栏目")))
			.then();
	}

	private static List<Column> assemble(List<Row> rows) {
		return rows.stream()
			.map(Row::key)
			.distinct()
			.map((key) -> assemble(rows.stream().filter((row) -> row.key().equals(key)).toList(), key))
			.toList();
	}

	private static Column assemble(List<Row> rows, String key) {
		Row first = rows.getFirst();
		return new Column(key, first.name(), first.description(),
				rows.stream().filter((row) -> row.linkTitle() != null).map(Row::link).toList());
	}

	record Name(String key, String name) {

	}

	record Row(String key, String name, @Nullable String description, @Nullable String linkTitle,
			@Nullable String linkDescription, @Nullable String url, @Nullable String wechatAccount) {

		Column.Link link() {
			return new Column.Link(String.valueOf(this.linkTitle), this.linkDescription, this.url, this.wechatAccount);
		}

	}

}
