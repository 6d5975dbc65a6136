package cn.qingfeng.content.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * 三审三校: three different people, none of them the writer, sign the same bytes one after
 * another. A change of the bytes or a new submission voids what was signed before;
 * nothing signed is ever deleted.
 *
 * @param subject what is reviewed, such as {@code article:0198…}
 * @param writer who must not review it; null when nobody of the staff wrote it
 * @param contentHash SHA-256 of the present bytes
 * @param submission the number of the present submission
 * @param signatures all that were ever given, oldest first
 */
public record ReviewChain(String subject, @Nullable UUID writer, String contentHash, int submission,
		List<Signature> signatures) {

	public static final int STAGES = 3;

	public ReviewChain {
		signatures = List.copyOf(signatures);
	}

	/** Whether three people have approved the present bytes. */
	public boolean isComplete() {
		return IntStream.rangeClosed(1, STAGES).allMatch(this::isApproved);
	}

	/** Whether a signature still counts. */
	public boolean isValid(Signature signature) {
		return signature.submission() == this.submission && signature.contentHash().equals(this.contentHash);
	}

	/**
	 * Adds a signature.
	 * @param review what the reviewer says of which bytes
	 * @param reviewer who
	 * @param now when
	 * @return the chain with it; a {@link ReviewRefusedProblem} when a rule forbids it
	 */
	public ReviewChain sign(Review review, UUID reviewer, Instant now) {
		if (!review.contentHash().equals(this.contentHash)) {
			throw new ReviewRefusedProblem("review-stale");
		}
		if (reviewer.equals(this.writer)) {
			throw new ReviewRefusedProblem("own-work");
		}
		if (valid().anyMatch((signature) -> signature.reviewerId().equals(reviewer))) {
			throw new ReviewRefusedProblem("reviewed-already");
		}
		if (!isNext(review.stage())) {
			throw new ReviewRefusedProblem("review-stage");
		}
		Signature signature = new Signature(this.submission, review.stage(), review.verdict(), review.comment(),
				reviewer, this.contentHash, now);
		return new ReviewChain(this.subject, this.writer, this.contentHash, this.submission,
				Stream.concat(this.signatures.stream(), Stream.of(signature)).toList());
	}

	public boolean isRejected() {
		return valid().anyMatch((signature) -> signature.verdict() == Verdict.REJECT);
	}

	private boolean isNext(int stage) {
		return valid().noneMatch((signature) -> signature.stage() == stage)
				&& IntStream.range(1, stage).allMatch(this::isApproved) && !isRejected();
	}

	private boolean isApproved(int stage) {
		return valid().anyMatch((signature) -> signature.stage() == stage && signature.verdict() == Verdict.APPROVE);
	}

	private Stream<Signature> valid() {
		return this.signatures.stream().filter(this::isValid);
	}

}
