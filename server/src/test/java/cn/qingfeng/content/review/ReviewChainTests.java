package cn.qingfeng.content.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ReviewChainTests {

	private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

	private static final String HASH = "a".repeat(64);

	private static final String OTHER_HASH = "b".repeat(64);

	private final UUID writer = UUID.randomUUID();

	private final ReviewChain chain = new ReviewChain("article:1", this.writer, HASH, 1, List.of());

	@Test
	void threeDifferentPeopleCompleteIt() {
		ReviewChain two = approved(approved(this.chain, 1), 2);
		assertThat(two.isComplete()).isFalse();
		assertThat(approved(two, 3).isComplete()).isTrue();
	}

	@Test
	void nobodySignsTwice() {
		UUID reviewer = UUID.randomUUID();
		ReviewChain once = this.chain.sign(approval(1, HASH), reviewer, NOW);
		assertThat(refusal(() -> once.sign(approval(2, HASH), reviewer, NOW))).isEqualTo("reviewed-already");
	}

	@Test
	void theWriterDoesNotSign() {
		assertThat(refusal(() -> this.chain.sign(approval(1, HASH), this.writer, NOW))).isEqualTo("own-work");
	}

	@Test
	void aStageIsSignedOnceAndInOrder() {
		assertThat(refusal(() -> approved(this.chain, 2))).isEqualTo("review-stage");
		assertThat(refusal(() -> approved(this.chain, 3))).isEqualTo("review-stage");
		assertThat(refusal(() -> approved(approved(this.chain, 1), 1))).isEqualTo("review-stage");
	}

	@Test
	void aSignatureOnOtherBytesIsRefused() {
		assertThat(refusal(() -> this.chain.sign(approval(1, OTHER_HASH), UUID.randomUUID(), NOW)))
			.isEqualTo("review-stale");
	}

	@Test
	void aRejectionEndsIt() {
		ReviewChain rejected = this.chain.sign(new Review(1, Verdict.REJECT, "出处不明", HASH), UUID.randomUUID(), NOW);
		assertThat(rejected.isRejected()).isTrue();
		assertThat(rejected.isComplete()).isFalse();
		assertThat(refusal(() -> approved(rejected, 2))).isEqualTo("review-stage");
	}

	@Test
	void changedBytesVoidWhatWasSigned() {
		ReviewChain complete = approved(approved(approved(this.chain, 1), 2), 3);
		ReviewChain changed = new ReviewChain("article:1", this.writer, OTHER_HASH, 1, complete.signatures());
		assertThat(changed.isComplete()).isFalse();
		assertThat(changed.signatures()).hasSize(3).noneMatch(changed::isValid);
	}

	@Test
	void aNewSubmissionStartsAnew() {
		ReviewChain complete = approved(approved(approved(this.chain, 1), 2), 3);
		ReviewChain again = new ReviewChain("article:1", this.writer, HASH, 2, complete.signatures());
		assertThat(again.isComplete()).isFalse();
		assertThat(approved(again, 1).signatures()).hasSize(4);
	}

	@Test
	void afterARejectionTheSameReviewerMaySignTheNextSubmission() {
		UUID reviewer = UUID.randomUUID();
		ReviewChain rejected = this.chain.sign(new Review(1, Verdict.REJECT, null, HASH), reviewer, NOW);
		ReviewChain again = new ReviewChain("article:1", this.writer, HASH, 2, rejected.signatures());
		assertThat(again.sign(approval(1, HASH), reviewer, NOW).isRejected()).isFalse();
	}

	private static ReviewChain approved(ReviewChain chain, int stage) {
		return chain.sign(approval(stage, HASH), UUID.randomUUID(), NOW);
	}

	private static Review approval(int stage, String hash) {
		return new Review(stage, Verdict.APPROVE, null, hash);
	}

	private static String refusal(ThrowableAssert.ThrowingCallable signing) {
		return catchThrowableOfType(Problem.class, signing).name();
	}

}
