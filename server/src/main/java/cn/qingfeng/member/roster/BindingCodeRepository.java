package cn.qingfeng.member.roster;

import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.member.privacy.PersonalData;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class BindingCodeRepository {

	private final DatabaseClient database;

	private final PersonalData personalData;

	BindingCodeRepository(DatabaseClient database, PersonalData personalData) {
		this.database = database;
		this.personalData = personalData;
	}

	/** Keeps the hashes of these codes; whatever the members had before is void. */
	Mono<Void> save(Map<UUID, BindingCode> codes, UUID staffId, Instant now, Instant expiresAt) {
		List<Map.Entry<UUID, BindingCode>> inOrder = codes.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.toList();
		return this.database.sql("""
				INSERT INTO binding_code (member_id, code_digest, created_by, created_at, expires_at)
				SELECT c.member_id, decode(c.digest, 'hex'), :staffId, :now, :expiresAt
				FROM unnest(:members, :digests) AS c (member_id, digest)
				ON CONFLICT (member_id) DO UPDATE SET code_digest = excluded.code_digest, used_at = NULL,
					created_by = excluded.created_by, created_at = excluded.created_at, expires_at = excluded.expires_at
				""")
			.bind("staffId", staffId)
			.bind("now", now)
			.bind("expiresAt", expiresAt)
			.bind("members", inOrder.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
			.bind("digests", inOrder.stream().map((entry) -> digest(entry.getValue())).toArray(String[]::new))
			.then();
	}

	/** Active members of these units without any WeChat account, by unit and name. */
	Mono<List<Unbound>> unbound(Collection<UUID> units, int limit) {
		return this.database.sql("""
				SELECT m.id, m.number, m.name, u.name AS unit_name FROM member m JOIN unit u ON u.id = m.unit_id
				WHERE m.unit_id = ANY (:units) AND m.status = 'ACTIVE'
					AND NOT EXISTS (SELECT 1 FROM wechat_account a WHERE a.member_id = m.id)
				ORDER BY u.sort_order, m.name, m.id LIMIT :limit
				""")
			.bind("units", units.toArray(UUID[]::new))
			.bind("limit", limit)
			.mapProperties(Unbound.class)
			.all()
			.collectList();
	}

	private String digest(BindingCode code) {
		return HexFormat.of().formatHex(code.digest(this.personalData));
	}

	/**
	 * A member without a binding.
	 *
	 * @param id of the member
	 * @param number of the roster
	 * @param name of the person
	 * @param unitName of the unit
	 */
	record Unbound(UUID id, String number, String name, String unitName) {

		@Override
		public String toString() {
			return "Unbound[%s]".formatted(this.id);
		}

	}

}
