package cn.qingfeng.member.privacy;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Remembers who agreed to which version of the privacy notice, and when first.
 */
@Component
public class Consents {

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	Consents(DatabaseClient database, IdGenerator ids, Audit audit, Transactions transactions, Clock clock) {
		this.database = database;
		this.ids = ids;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** A consent by itself, with its entry in the audit. */
	Mono<Void> give(UUID memberId, String version) {
		Mono<Void> giving = record(memberId, version)
			.then(this.audit.recordAs("member", memberId, "privacy-notice.accept", version));
		return this.transactions.inTransaction(giving);
	}

	/**
	 * Writes down a consent, in the caller's transaction.
	 * @param memberId who
	 * @param version of the notice, null when the person was not asked
	 */
	public Mono<Void> record(UUID memberId, @Nullable String version) {
		if (version == null) {
			return Mono.empty();
		}
		return this.database.sql("""
				INSERT INTO privacy_consent (id, member_id, version, agreed_at)
				SELECT :id, id, :version, :now FROM member WHERE id = :memberId
				ON CONFLICT (member_id, version) DO NOTHING
				""")
			.bind("id", this.ids.next())
			.bind("memberId", memberId)
			.bind("version", version)
			.bind("now", this.clock.instant())
			.then();
	}

}
