package cn.qingfeng.member.unit;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Puts the units, their kinds and the liaison leaders of {@code seeds/organisation} into
 * the database; what people changed since stays.
 */
@Component
@Order(100)
class UnitSeeds implements SeedLoader {

	private final DatabaseClient database;

	private final IdGenerator ids;

	UnitSeeds(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	@Override
	public String name() {
		return "organisation";
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		UnitsFile units = seeds.yaml("organisation/units.yaml", UnitsFile.class);
		LiaisonFile liaison = seeds.yaml("organisation/liaison.yaml", LiaisonFile.class);
		return insertKinds(units.kinds()).then(Mono.defer(() -> insertLeaders(liaison.leaders())))
			.then(Mono.defer(() -> insertUnits(units.units())));
	}

	private Mono<Void> insertKinds(List<Kind> kinds) {
		return this.database.sql("""
				INSERT INTO unit_kind (key, name, sort_order)
				SELECT * FROM unnest(:keys, :names, :orders)
				ON CONFLICT (key) DO NOTHING
				""")
			.bind("keys", texts(kinds, Kind::key))
			.bind("names", texts(kinds, Kind::name))
			.bind("orders", orders(kinds, Kind::order))
			.then();
	}

	private Mono<Void> insertLeaders(List<Leader> leaders) {
		return this.database.sql("""
				INSERT INTO liaison_leader (id, key, name, title, sort_order)
				SELECT * FROM unnest(:ids, :keys, :names, :titles, :orders)
				ON CONFLICT (key) DO NOTHING
				""")
			.bind("ids", ids(leaders))
			.bind("keys", texts(leaders, Leader::key))
			.bind("names", texts(leaders, Leader::name))
			.bind("titles", texts(leaders, Leader::title))
			.bind("orders", orders(leaders, Leader::order))
			.then();
	}

	/**
	 * Units above are joined in a second step, for they may be in the same file, and only
	 * to units that are new: somebody may have moved the others.
	 */
	private Mono<Void> insertUnits(List<Unit> units) {
		return this.database.sql("""
				INSERT INTO unit (id, key, name, kind, liaison_leader_id, sort_order)
				SELECT u.id, u.key, u.name, u.kind, l.id, u.sort_order
				FROM unnest(:ids, :keys, :names, :kinds, :leaders, :orders)
					AS u (id, key, name, kind, leader, sort_order)
				LEFT JOIN liaison_leader l ON l.key = u.leader
				ON CONFLICT (key) DO NOTHING
				RETURNING key
				""")
			.bind("ids", ids(units))
			.bind("keys", texts(units, Unit::key))
			.bind("names", texts(units, Unit::name))
			.bind("kinds", texts(units, Unit::kind))
			.bind("leaders", texts(units, Unit::liaisonLeader))
			.bind("orders", orders(units, Unit::order))
			.mapValue(String.class)
			.all()
			.collect(Collectors.toSet())
			.flatMap((added) -> joinParents(units.stream().filter((unit) -> added.contains(unit.key())).toList()));
	}

	private Mono<Void> joinParents(List<Unit> units) {
		return this.database.sql("""
				UPDATE unit SET parent_id = parent.id
				FROM unnest(:keys, :parents) AS seed (key, parent) JOIN unit parent ON parent.key = seed.parent
				WHERE unit.key = seed.key
				""").bind("keys", texts(units, Unit::key)).bind("parents", texts(units, Unit::parent)).then();
	}

	private UUID[] ids(List<?> rows) {
		return rows.stream().map((row) -> this.ids.next()).toArray(UUID[]::new);
	}

	private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> value) {
		return rows.stream().map((row) -> Objects.requireNonNullElse(value.apply(row), "")).toArray(String[]::new);
	}

	private static <T> Integer[] orders(List<T> rows, Function<T, Integer> value) {
		return rows.stream().map(value).toArray(Integer[]::new);
	}

	record UnitsFile(String source, List<Kind> kinds, List<Unit> units) {

	}

	record Kind(String key, String name, int order) {

	}

	record Unit(String key, String name, String kind, @Nullable String parent, @Nullable String liaisonLeader,
			int order) {

	}

	record LiaisonFile(String source, boolean fictional, List<Leader> leaders) {

	}

	record Leader(String key, String name, String title, int order) {

	}

}
