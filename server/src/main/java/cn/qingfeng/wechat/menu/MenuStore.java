package cn.qingfeng.wechat.menu;

import java.time.Instant;
import java.util.List;

import cn.qingfeng.platform.problem.StaleVersionProblem;
import io.r2dbc.postgresql.codec.Json;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Our menu, in one row.
 */
@Repository
class MenuStore {

	private static final String SELECT = """
			SELECT content::text AS content, version, published_version, published_at
			  FROM wechat_menu
			 WHERE name = :name
			""";

	private static final String SEED = """
			INSERT INTO wechat_menu (name, content) VALUES (:name, :content) ON CONFLICT DO NOTHING
			""";

	private static final String REPLACE = """
			INSERT INTO wechat_menu AS menu (name, content) VALUES (:name, :content)
			ON CONFLICT (name) DO UPDATE
			   SET content = excluded.content, version = menu.version + 1, updated_at = now()
			 WHERE menu.version = :version
			RETURNING content::text AS content, version, published_version, published_at
			""";

	private static final String PUBLISH = """
			UPDATE wechat_menu SET published_version = :version, published_at = :at WHERE name = :name
			RETURNING content::text AS content, version, published_version, published_at
			""";

	private static final String CURRENT = "current";

	private final DatabaseClient database;

	private final JsonMapper json;

	MenuStore(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	Mono<OwnMenu> read() {
		return this.database.sql(SELECT)
			.bind("name", CURRENT)
			.mapProperties(Row.class)
			.one()
			.map(this::menu)
			.defaultIfEmpty(OwnMenu.EMPTY);
	}

	/** Only when there is none: what was edited stays. */
	Mono<Void> seed(List<MenuItem> buttons) {
		return this.database.sql(SEED).bind("name", CURRENT).bind("content", content(buttons)).then();
	}

	/** Replaces this version, or fails because there is a newer one. */
	Mono<OwnMenu> replace(long version, List<MenuItem> buttons) {
		return this.database.sql(REPLACE)
			.bind("name", CURRENT)
			.bind("content", content(buttons))
			.bind("version", version)
			.mapProperties(Row.class)
			.one()
			.map(this::menu)
			.switchIfEmpty(Mono.error(StaleVersionProblem::new));
	}

	/** Notes which version WeChat has. */
	Mono<OwnMenu> published(long version, Instant at) {
		return this.database.sql(PUBLISH)
			.bind("name", CURRENT)
			.bind("version", version)
			.bind("at", at)
			.mapProperties(Row.class)
			.one()
			.map(this::menu);
	}

	private OwnMenu menu(Row row) {
		return new OwnMenu(List.of(this.json.readValue(row.content(), MenuItem[].class)), row.version(),
				row.publishedVersion(), row.publishedAt());
	}

	private Json content(List<MenuItem> buttons) {
		return Json.of(this.json.writeValueAsString(buttons));
	}

	private record Row(String content, long version, @Nullable Long publishedVersion, @Nullable Instant publishedAt) {

	}

}
