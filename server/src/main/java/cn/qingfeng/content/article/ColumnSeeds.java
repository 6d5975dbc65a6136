package cn.qingfeng.content.article;

import java.util.List;

import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The columns of the starting content.
 */
@Component
@Order(40)
class ColumnSeeds implements SeedLoader {

	private final DatabaseClient database;

	ColumnSeeds(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public String name() {
		return "columns";
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		return Flux.fromIterable(seeds.yaml("columns/columns.yaml", File.class).columns())
			.concatMap(this::insert)
			.then();
	}

	private Mono<Void> insert(SeedColumn column) {
		return this.database.sql("""
				INSERT INTO content_column (key, name, description, position)
				VALUES (:key, :name, :description, :position) ON CONFLICT DO NOTHING
				""")
			.bind("key", column.key())
			.bind("name", column.name())
			.bind("description", text(column.description()))
			.bind("position", column.order())
			.then()
			.thenMany(Flux.fromIterable(column.links()))
			.concatMap((link) -> insert(column, link))
			.then();
	}

	private Mono<Void> insert(SeedColumn column, SeedLink link) {
		return this.database.sql("""
				INSERT INTO content_column_link (column_key, title, description, url, wechat_account, position)
				VALUES (:column, :title, :description, :url, :account, :position) ON CONFLICT DO NOTHING
				""")
			.bind("column", column.key())
			.bind("title", link.name())
			.bind("description", text(link.description()))
			.bind("url", text(link.url()))
			.bind("account", text(link.wechatAccount()))
			.bind("position", link.order())
			.then();
	}

	private static Object text(@Nullable String value) {
		return Parameters.in(R2dbcType.VARCHAR, value);
	}

	record File(String source, List<SeedColumn> columns) {

	}

	record SeedColumn(String key, String name, @Nullable String description, String kind, int order,
			@Nullable List<SeedLink> links) {

		SeedColumn {
			links = (links != null) ? List.copyOf(links) : List.of();
		}

		@Override
		public List<SeedLink> links() {
			return (this.links != null) ? this.links : List.of();
		}

	}

	record SeedLink(String key, String name, @Nullable String description, int order, @Nullable String url,
			@Nullable String wechatAccount) {

	}

}
