package cn.qingfeng.content.article;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.content.ArticleId;
import cn.qingfeng.content.review.ReviewChain;
import cn.qingfeng.content.review.ReviewIncompleteProblem;
import cn.qingfeng.push.CampaignMessage.ArticleCard;
import org.jspecify.annotations.Nullable;

/**
 * An article from the first draft to recall. Only a complete chain of signatures on its
 * present text publishes it; a change of the text voids them.
 *
 * @param writer null for the starting content
 * @param submission how often it was handed to the reviewers
 */
public record Article(UUID id, ArticleText text, ArticleState state, int submission, @Nullable UUID writer,
		@Nullable String recallReason, Instant createdAt, Instant updatedAt, @Nullable Instant publishedAt,
		long version) {

	static Article draft(UUID id, ArticleText text, @Nullable UUID writer, Instant now) {
		return new Article(id, text, ArticleState.DRAFT, 0, writer, null, now, now, null, 0);
	}

	/** What WeChat shows of it. */
	public ArticleCard card() {
		@Nullable String summary = this.text.summary();
		return new ArticleCard(this.text.title(), this.text.author(), (summary != null) ? summary : "",
				this.text.html(), new ArticleId(this.id).link());
	}

	/** 409 unless everybody may read it. */
	Article requirePublished() {
		requireState(EnumSet.of(ArticleState.PUBLISHED));
		return this;
	}

	/** What its signatures are stored under. */
	String subject() {
		return "article:" + this.id;
	}

	Article change(ArticleText changed, UUID editor, Instant now) {
		requireState(EnumSet.of(ArticleState.DRAFT, ArticleState.IN_REVIEW, ArticleState.APPROVED));
		return new Article(this.id, changed, ArticleState.DRAFT, this.submission, editor, null, this.createdAt, now,
				null, this.version);
	}

	/**
	 * Hands it to the reviewers.
	 * @param editor who hands it in and so will not review it
	 */
	Article submit(UUID editor, Instant now) {
		requireState(EnumSet.of(ArticleState.DRAFT));
		PreFlight.check(this.text);
		UUID responsible = (this.writer != null) ? this.writer : editor;
		return new Article(this.id, this.text, ArticleState.IN_REVIEW, this.submission + 1, responsible, null,
				this.createdAt, now, null, this.version);
	}

	/** Where the reviewers' words have brought it. */
	Article reviewed(ReviewChain chain, Instant now) {
		requireState(EnumSet.of(ArticleState.IN_REVIEW));
		if (chain.isRejected()) {
			return with(ArticleState.DRAFT, now);
		}
		return chain.isComplete() ? with(ArticleState.APPROVED, now) : this;
	}

	/**
	 * Publishes the signed text.
	 * @param chain must be complete for the present text
	 */
	Article publish(ReviewChain chain, Instant now) {
		requireState(EnumSet.of(ArticleState.APPROVED));
		if (!chain.isComplete()) {
			throw new ReviewIncompleteProblem();
		}
		return published(now);
	}

	/**
	 * Publishes it as part of a monthly issue whose own chain covers this text. What is
	 * out already stays as it is.
	 */
	Article publishWithIssue(Instant now) {
		requireState(EnumSet.complementOf(EnumSet.of(ArticleState.RECALLED)));
		return (this.state == ArticleState.PUBLISHED) ? this : published(now);
	}

	Article recall(String reason, Instant now) {
		requireState(EnumSet.of(ArticleState.PUBLISHED));
		return new Article(this.id, this.text, ArticleState.RECALLED, this.submission, this.writer, reason,
				this.createdAt, now, this.publishedAt, this.version);
	}

	private Article published(Instant now) {
		return new Article(this.id, this.text, ArticleState.PUBLISHED, this.submission, this.writer, null,
				this.createdAt, now, now, this.version);
	}

	private Article with(ArticleState next, Instant now) {
		return new Article(this.id, this.text, next, this.submission, this.writer, this.recallReason, this.createdAt,
				now, this.publishedAt, this.version);
	}

	private void requireState(Set<ArticleState> allowed) {
		if (!allowed.contains(this.state)) {
			throw new ArticleStateProblem(this.id, this.state);
		}
	}

}
