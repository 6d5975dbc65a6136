package cn.qingfeng.member.roster;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.Phone;
import cn.qingfeng.member.privacy.SealedText;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import cn.qingfeng.seeds.roster.RosterGenerator;
import cn.qingfeng.seeds.roster.RosterPerson;
import org.apache.commons.csv.CSVRecord;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Loads invented members where they are asked for: those of the file, and beyond it as
 * many as the generator must add.
 */
@Component
@Order(110)
class RosterSeeds implements SeedLoader {

	private static final int ROWS_AT_ONCE = 1_000;

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final RosterSeedProperties properties;

	private final IdGenerator ids;

	private final Clock clock;

	RosterSeeds(DatabaseClient database, PersonalData personalData, RosterSeedProperties properties, IdGenerator ids,
			Clock clock) {
		this.database = database;
		this.personalData = personalData;
		this.properties = properties;
		this.ids = ids;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "roster";
	}

	@Override
	public Set<String> folders() {
		return Set.of("roster", "organisation");
	}

	@Override
	public String edition(Clock clock) {
		return "-%d".formatted(this.properties.rosterSize());
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		return Flux.fromIterable(people(seeds)).buffer(ROWS_AT_ONCE).concatMap(this::insert).then();
	}

	private List<RosterPerson> people(SeedFolder seeds) {
		int size = this.properties.rosterSize();
		if (size == 0) {
			return List.of();
		}
		List<RosterPerson> fromFile = seeds.csv("roster/members.csv")
			.stream()
			.limit(size)
			.map(RosterSeeds::person)
			.toList();
		return Stream.concat(fromFile.stream(), RosterGenerator.generate(size).stream().skip(fromFile.size())).toList();
	}

	private static RosterPerson person(CSVRecord line) {
		String position = line.get("position");
		return new RosterPerson(line.get("number"), line.get("name"), line.get("phone"), line.get("unit"),
				position.isEmpty() ? null : position, LocalDate.parse(line.get("joinedOn")));
	}

	private Mono<Void> insert(List<RosterPerson> people) {
		List<Row> rows = people.stream().map(this::row).toList();
		Instant now = this.clock.instant();
		return this.database
			.sql("""
					INSERT INTO member (id, number, name, unit_id, position, joined_on, status, phone_cipher, phone_key,
						phone_index, phone_masked, created_at, updated_at)
					SELECT p.id, p.number, p.name, u.id, nullif(p.position, ''), p.joined_on::date, 'ACTIVE',
						decode(p.phone_cipher, 'hex'), p.phone_key, decode(p.phone_index, 'hex'), p.phone_masked, :now, :now
					FROM unnest(:ids, :numbers, :names, :units, :positions, :joined, :ciphers, :keys, :indexes, :masked)
						AS p (id, number, name, unit, position, joined_on, phone_cipher, phone_key, phone_index, phone_masked)
					JOIN unit u ON u.key = p.unit AND u.closed_at IS NULL
					ON CONFLICT (number) DO NOTHING
					""")
			.bind("now", now)
			.bind("ids", rows.stream().map(Row::id).toArray(UUID[]::new))
			.bind("numbers", column(rows, (row) -> row.person().number()))
			.bind("names", column(rows, (row) -> PersonName.of(row.person().name()).value()))
			.bind("units", column(rows, (row) -> row.person().unitKey()))
			.bind("positions", column(rows, Row::position))
			.bind("joined", column(rows, (row) -> row.person().joinedOn().toString()))
			.bind("ciphers", column(rows, (row) -> HexFormat.of().formatHex(row.sealed().bytes())))
			.bind("keys", column(rows, (row) -> row.sealed().keyId()))
			.bind("indexes", column(rows, (row) -> HexFormat.of().formatHex(row.phone().index(this.personalData))))
			.bind("masked", column(rows, (row) -> row.phone().masked()))
			.then();
	}

	private Row row(RosterPerson person) {
		UUID id = this.ids.next();
		Phone phone = Phone.parse(person.phone()).orElseThrow();
		return new Row(id, person, phone, phone.seal(this.personalData, id));
	}

	private static String[] column(List<Row> rows, Function<Row, String> value) {
		return rows.stream().map(value).toArray(String[]::new);
	}

	private record Row(UUID id, RosterPerson person, Phone phone, SealedText sealed) {

		String position() {
			String position = this.person.position();
			return (position != null) ? position : "";
		}

	}

}
