package cn.qingfeng.content.review;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.ForbiddenProblem;
import cn.qingfeng.platform.security.CurrentStaff;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * The signatures in the database, for whatever is reviewed. Unique constraints hold even
 * when two reviewers sign at the same moment.
 */
@Service
public class Reviews {

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Clock clock;

	Reviews(DatabaseClient database, IdGenerator ids, Clock clock) {
		this.database = database;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * All that was signed on a subject.
	 * @param subject such as {@code article:0198…}
	 * @param writer who must not review it
	 * @param contentHash of the present bytes
	 * @param submission the number of the present submission
	 */
	public Mono<ReviewChain> chain(String subject, @Nullable UUID writer, String contentHash, int submission) {
		return this.database.sql("""
				SELECT submission, stage, verdict, comment, reviewer_id, content_hash, signed_at
				FROM review_signature WHERE subject = :subject ORDER BY signed_at, stage
				""")
			.bind("subject", subject)
			.mapProperties(Signature.class)
			.all()
			.collectList()
			.map((signatures) -> new ReviewChain(subject, writer, contentHash, submission, signatures));
	}

	/**
	 * Adds the current reviewer's signature, in the caller's transaction.
	 * @param chain as it stands
	 * @param review the word of the reviewer
	 * @return the chain with it
	 */
	public Mono<ReviewChain> sign(ReviewChain chain, Review review) {
		Instant now = this.clock.instant();
		return CurrentStaff.mono()
			.map((staff) -> chain.sign(review, reviewer(staff, review.stage()), now))
			.flatMap(this::insertLast);
	}

	private static UUID reviewer(CurrentStaff staff, int stage) {
		if (!staff.roles().contains("REVIEWER_" + stage)) {
			throw new ForbiddenProblem();
		}
		return staff.staffId();
	}

	private Mono<ReviewChain> insertLast(ReviewChain chain) {
		Signature signature = chain.signatures().getLast();
		DatabaseClient.GenericExecuteSpec insert = this.database.sql("""
				INSERT INTO review_signature (id, subject, submission, stage, verdict, comment, reviewer_id,
					content_hash, signed_at)
				VALUES (:id, :subject, :submission, :stage, :verdict, :comment, :reviewer, :hash, :at)
				""")
			.bind("id", this.ids.next())
			.bind("subject", chain.subject())
			.bind("submission", signature.submission())
			.bind("stage", signature.stage())
			.bind("verdict", signature.verdict().name())
			.bind("reviewer", signature.reviewerId())
			.bind("hash", signature.contentHash())
			.bind("at", signature.signedAt());
		String comment = signature.comment();
		return ((comment != null) ? insert.bind("comment", comment) : insert.bindNull("comment", String.class)).then()
			.thenReturn(chain);
	}

}
