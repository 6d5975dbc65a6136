package cn.qingfeng.member.roster;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class RosterExportRepository {

	private final DatabaseClient database;

	RosterExportRepository(DatabaseClient database) {
		this.database = database;
	}

	/** The active members of these units, by unit and name. */
	Mono<List<Entry>> entries(Collection<UUID> units, int limit) {
		return this.database.sql("""
				SELECT m.id, m.id_key IS NOT NULL AS with_id_number FROM member m JOIN unit u ON u.id = m.unit_id
				WHERE m.unit_id = ANY (:units) AND m.status = 'ACTIVE'
				ORDER BY u.sort_order, m.name, m.id LIMIT :limit
				""")
			.bind("units", units.toArray(UUID[]::new))
			.bind("limit", limit)
			.mapProperties(Entry.class)
			.all()
			.collectList();
	}

	/** These members in this order; who has gone since is left out. */
	Mono<List<Line>> lines(List<UUID> members) {
		return this.database.sql("""
				SELECT m.id, m.number, m.name, u.name AS unit, m.position, m.joined_on, m.phone_masked, m.id_masked,
					m.phone_key, m.phone_cipher, m.id_key, m.id_cipher
				FROM unnest(:members) WITH ORDINALITY AS wanted (id, place)
				JOIN member m ON m.id = wanted.id AND m.status = 'ACTIVE' JOIN unit u ON u.id = m.unit_id
				ORDER BY wanted.place
				""").bind("members", members.toArray(UUID[]::new)).mapProperties(Line.class).all().collectList();
	}

	/**
	 * Somebody who will be in the table.
	 *
	 * @param id of the member
	 * @param withIdNumber whether the identity number is known
	 */
	record Entry(UUID id, boolean withIdNumber) {

	}

	/**
	 * A row of the table, with the numbers as they lie in the database.
	 *
	 * @param id of the member
	 * @param number of the roster
	 * @param name of the person
	 * @param unit name of the unit
	 * @param position in the branch
	 * @param joinedOn of the Party
	 * @param phoneMasked all but the middle
	 * @param idMasked all but the middle, null when unknown
	 * @param phoneKey which key opens the phone number
	 * @param phoneCipher sealed
	 * @param idKey which key opens the identity number, null when unknown
	 * @param idCipher sealed, null when unknown
	 */
	record Line(UUID id, String number, String name, String unit, @Nullable String position,
			@Nullable LocalDate joinedOn, String phoneMasked, @Nullable String idMasked, String phoneKey,
			byte[] phoneCipher, @Nullable String idKey, byte @Nullable [] idCipher) {

		@Override
		public String toString() {
			return "Line[%s]".formatted(this.id);
		}

	}

}
