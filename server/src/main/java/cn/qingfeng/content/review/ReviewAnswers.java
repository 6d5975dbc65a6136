package cn.qingfeng.content.review;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.contract.admin.model.ReviewRequest;
import cn.qingfeng.staff.StaffAccounts;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Reviews in the words of the contract, for whatever is reviewed.
 */
@Component
public class ReviewAnswers {

	private static final String GONE = "（已注销）";

	private final StaffAccounts accounts;

	private final ReviewMapper mapper;

	ReviewAnswers(StaffAccounts accounts, ReviewMapper mapper) {
		this.accounts = accounts;
		this.mapper = mapper;
	}

	public Review read(ReviewRequest request) {
		return this.mapper.toDomain(request);
	}

	/** The chain with the names of those who signed. */
	public Mono<cn.qingfeng.contract.admin.model.ReviewChain> of(ReviewChain chain) {
		List<UUID> reviewers = chain.signatures().stream().map(Signature::reviewerId).distinct().toList();
		return this.accounts.displayNames(reviewers).map((names) -> this.mapper.toContract(view(chain, names)));
	}

	private static ReviewChainView view(ReviewChain chain, Map<UUID, String> names) {
		return new ReviewChainView(chain.contentHash(), chain.isComplete(),
				chain.signatures().stream().map((signature) -> view(chain, signature, names)).toList());
	}

	private static ReviewChainView.SignatureView view(ReviewChain chain, Signature signature, Map<UUID, String> names) {
		ReviewChainView.Person reviewer = new ReviewChainView.Person(signature.reviewerId(),
				names.getOrDefault(signature.reviewerId(), GONE));
		return new ReviewChainView.SignatureView(signature.stage(), signature.verdict(), signature.comment(), reviewer,
				signature.contentHash(), signature.signedAt(), chain.isValid(signature));
	}

}
