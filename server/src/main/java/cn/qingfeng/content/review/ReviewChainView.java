package cn.qingfeng.content.review;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.staff.StaffAccounts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * A chain as staff see it, with names.
 */
public record ReviewChainView(String contentHash, boolean complete, List<SignatureView> signatures) {

	/**
	 * A reviewer's word, and whether it still counts.
	 */
	public record SignatureView(int stage, Verdict verdict, @Nullable String comment, Person reviewer,
			String contentHash, Instant at, boolean valid) {

	}

	/**
	 * A member of staff by name.
	 */
	public record Person(UUID id, String displayName) {

	}

	/**
	 * Completes chains with names.
	 */
	@Component
	public static class Reader {

		private static final String GONE = "（已注销）";

		private final StaffAccounts accounts;

		Reader(StaffAccounts accounts) {
			this.accounts = accounts;
		}

		public Mono<ReviewChainView> complete(ReviewChain chain) {
			List<UUID> reviewers = chain.signatures().stream().map(Signature::reviewerId).distinct().toList();
			return this.accounts.displayNames(reviewers).map((names) -> view(chain, names));
		}

		private static ReviewChainView view(ReviewChain chain, Map<UUID, String> names) {
			return new ReviewChainView(chain.contentHash(), chain.isComplete(),
					chain.signatures().stream().map((signature) -> view(chain, signature, names)).toList());
		}

		private static SignatureView view(ReviewChain chain, Signature signature, Map<UUID, String> names) {
			Person reviewer = new Person(signature.reviewerId(), names.getOrDefault(signature.reviewerId(), GONE));
			return new SignatureView(signature.stage(), signature.verdict(), signature.comment(), reviewer,
					signature.contentHash(), signature.signedAt(), chain.isValid(signature));
		}

	}

}
