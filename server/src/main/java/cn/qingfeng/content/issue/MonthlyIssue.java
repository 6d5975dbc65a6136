package cn.qingfeng.content.issue;

import java.time.Instant;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.content.review.ReviewChain;
import cn.qingfeng.content.review.ReviewIncompleteProblem;
import org.jspecify.annotations.Nullable;

/**
 * What the committee publishes in a month: articles and a quiz, reviewed once and
 * published as one.
 *
 * @param articles in the order of the push, the first one large
 * @param quiz the round, null for an issue without one
 * @param submission how often it was handed to the reviewers
 * @param editor who handed it in and so does not review it; null for the starting content
 * @param campaign the push that carries it, once published
 */
public record MonthlyIssue(YearMonth month, String title, List<UUID> articles, @Nullable UUID quiz, IssueState state,
		int submission, @Nullable UUID editor, @Nullable UUID campaign, @Nullable Instant publishedAt, long version) {

	public MonthlyIssue {
		articles = List.copyOf(articles);
	}

	static MonthlyIssue draft(YearMonth month, String title, List<UUID> articles, @Nullable UUID quiz,
			@Nullable UUID editor) {
		return new MonthlyIssue(month, title, articles, quiz, IssueState.DRAFT, 0, editor, null, null, 0);
	}

	/** What its signatures are stored under. */
	String subject() {
		return "issue:" + this.month;
	}

	MonthlyIssue change(String title, List<UUID> articles, @Nullable UUID quiz, UUID editor) {
		requireState(EnumSet.complementOf(EnumSet.of(IssueState.PUBLISHED)));
		return new MonthlyIssue(this.month, title, articles, quiz, IssueState.DRAFT, this.submission, editor, null,
				null, this.version);
	}

	MonthlyIssue submit(UUID editor) {
		requireState(EnumSet.of(IssueState.DRAFT));
		UUID responsible = (this.editor != null) ? this.editor : editor;
		return new MonthlyIssue(this.month, this.title, this.articles, this.quiz, IssueState.IN_REVIEW,
				this.submission + 1, responsible, null, null, this.version);
	}

	MonthlyIssue reviewed(ReviewChain chain) {
		requireState(EnumSet.of(IssueState.IN_REVIEW));
		if (chain.isRejected()) {
			return with(IssueState.DRAFT);
		}
		return chain.isComplete() ? with(IssueState.APPROVED) : this;
	}

	/** Publishes it, if three people signed what it binds now. */
	MonthlyIssue publish(ReviewChain chain, UUID campaign, Instant now) {
		requirePublishable(chain);
		return new MonthlyIssue(this.month, this.title, this.articles, this.quiz, IssueState.PUBLISHED, this.submission,
				this.editor, campaign, now, this.version);
	}

	/** The chain, if it lets the issue be published. */
	ReviewChain requirePublishable(ReviewChain chain) {
		requireState(EnumSet.of(IssueState.APPROVED));
		if (!chain.isComplete()) {
			throw new ReviewIncompleteProblem();
		}
		return chain;
	}

	private MonthlyIssue with(IssueState next) {
		return new MonthlyIssue(this.month, this.title, this.articles, this.quiz, next, this.submission, this.editor,
				this.campaign, this.publishedAt, this.version);
	}

	private void requireState(Set<IssueState> allowed) {
		if (!allowed.contains(this.state)) {
			throw new IssueProblem("issue-state");
		}
	}

}
