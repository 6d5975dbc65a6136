package cn.qingfeng.member.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.privacy.SealedText;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Appeals as staff see them.
 */
@Repository
class AppealDesk {

	private static final String APPEALS = """
			SELECT p.id, p.name, p.reason, p.contact_masked, p.submitted_at, p.state, p.answer, p.decided_at,
				m.id AS member_id, m.number AS member_number, m.name AS member_name, u.name AS unit_name, b.bound_at
			FROM binding_appeal p LEFT JOIN member m ON m.id = p.member_id LEFT JOIN unit u ON u.id = m.unit_id
			LEFT JOIN LATERAL (
				SELECT min(w.bound_at) AS bound_at FROM wechat_account w
				WHERE w.member_id = m.id AND w.id <> p.account_id
			) b ON true
			WHERE (m.unit_id = ANY (:units) OR m.id IS NULL AND :wholeCity)
			""";

	private final DatabaseClient database;

	AppealDesk(DatabaseClient database) {
		this.database = database;
	}

	/** Newest first. */
	Mono<List<Item>> list(Scope scope, @Nullable String state, UUID before, int limit) {
		return this.database
			.sql(APPEALS + "AND p.id < :before AND (:state = '' OR p.state = :state) ORDER BY p.id DESC LIMIT :limit")
			.bind("units", scope.units().toArray(UUID[]::new))
			.bind("wholeCity", scope.wholeCity())
			.bind("before", before)
			.bind("state", (state != null) ? state : "")
			.bind("limit", limit)
			.mapProperties(Item.class)
			.all()
			.collectList();
	}

	Mono<Item> find(Scope scope, UUID id) {
		return this.database.sql(APPEALS + "AND p.id = :id")
			.bind("units", scope.units().toArray(UUID[]::new))
			.bind("wholeCity", scope.wholeCity())
			.bind("id", id)
			.mapProperties(Item.class)
			.one();
	}

	/** Nobody else decides it meanwhile. */
	Mono<Contested> lock(UUID id) {
		return this.database.sql("""
				SELECT account_id, member_id, privacy_notice, state FROM binding_appeal WHERE id = :id FOR UPDATE
				""").bind("id", id).mapProperties(Contested.class).one();
	}

	Mono<SealedText> contact(UUID id) {
		return this.database
			.sql("SELECT contact_key AS key_id, contact_cipher AS bytes FROM binding_appeal WHERE id = :id")
			.bind("id", id)
			.mapProperties(SealedText.class)
			.one();
	}

	Mono<Void> decide(UUID id, Decision decision, UUID staffId, Collection<UUID> parted) {
		return this.database.sql("""
				UPDATE binding_appeal SET state = :state, answer = :answer, decided_by = :staffId, decided_at = :at,
					parted = :parted
				WHERE id = :id
				""")
			.bind("id", id)
			.bind("state", decision.approved() ? "APPROVED" : "REJECTED")
			.bind("answer", decision.answer())
			.bind("staffId", staffId)
			.bind("at", decision.at())
			.bind("parted", parted.toArray(UUID[]::new))
			.then();
	}

	/**
	 * What somebody of staff may see.
	 *
	 * @param units theirs
	 * @param wholeCity whether also appeals that fit nobody
	 */
	record Scope(Collection<UUID> units, boolean wholeCity) {

	}

	/**
	 * What is decided.
	 *
	 * @param approved whether the appellant is right
	 * @param answer for the appellant
	 * @param at when
	 */
	record Decision(boolean approved, String answer, Instant at) {

	}

	/**
	 * What a decision is about.
	 *
	 * @param accountId the appellant's
	 * @param memberId whose entry, null when the appeal fits nobody
	 * @param privacyNotice version that the appellant agreed to, if asked
	 * @param state OPEN, APPROVED or REJECTED
	 */
	record Contested(UUID accountId, @Nullable UUID memberId, @Nullable String privacyNotice, String state) {

	}

	/**
	 * A line of the list.
	 *
	 * @param id of the appeal
	 * @param name as the appellant typed it
	 * @param reason in the appellant's words
	 * @param contactMasked where to ask back
	 * @param submittedAt when
	 * @param state OPEN, APPROVED or REJECTED
	 * @param answer null until there is one
	 * @param decidedAt null until then
	 * @param memberId whom it fits, null when nobody
	 * @param memberNumber of the roster
	 * @param memberName of the roster
	 * @param unitName of the member's unit
	 * @param boundAt since when another WeChat account is bound, null when none is
	 */
	record Item(UUID id, String name, String reason, String contactMasked, Instant submittedAt, String state,
			@Nullable String answer, @Nullable Instant decidedAt, @Nullable UUID memberId,
			@Nullable String memberNumber, @Nullable String memberName, @Nullable String unitName,
			@Nullable Instant boundAt) {

		@Override
		public String toString() {
			return "Item[%s]".formatted(this.id);
		}

	}

}
