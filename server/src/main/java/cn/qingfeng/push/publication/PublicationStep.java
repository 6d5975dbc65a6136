package cn.qingfeng.push.publication;

import java.time.Duration;
import java.util.UUID;

import cn.qingfeng.push.CampaignMessage.ArticleCard;
import org.jspecify.annotations.Nullable;

/**
 * A publication that this node may take a step further.
 *
 * @param state SUBMITTING, SUBMITTED or PUBLISHED
 * @param unwanted whether it is to be taken back
 * @param submitTried whether a submission was begun whose answer nobody has
 * @param polls how often WeChat was asked for its verdict
 * @param attempts the number of this lease: only its holder may go on
 */
record PublicationStep(UUID subject, ArticleCard article, StoredState state, boolean unwanted,
		@Nullable String coverMediaId, @Nullable String draftMediaId, boolean submitTried, @Nullable String publishId,
		@Nullable String articleId, int polls, int attempts) {

	/**
	 * WeChat lets an account ask a hundred times a day and tells by itself: the pauses
	 * before its verdict is asked for.
	 */
	private static final Duration[] PAUSES = { Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15),
			Duration.ofMinutes(60), Duration.ofHours(23) };

	Duration pauseBeforePoll() {
		return PAUSES[Math.min(this.polls, PAUSES.length - 1)];
	}

	boolean hasWaitedLongEnough() {
		return this.polls >= PAUSES.length;
	}

	PublicationStep withCover(String mediaId) {
		return new PublicationStep(this.subject, this.article, this.state, this.unwanted, mediaId, this.draftMediaId,
				this.submitTried, this.publishId, this.articleId, this.polls, this.attempts);
	}

	PublicationStep withDraft(String mediaId) {
		return new PublicationStep(this.subject, this.article, this.state, this.unwanted, this.coverMediaId, mediaId,
				this.submitTried, this.publishId, this.articleId, this.polls, this.attempts);
	}

	PublicationStep tried(boolean begun) {
		return new PublicationStep(this.subject, this.article, this.state, this.unwanted, this.coverMediaId,
				this.draftMediaId, begun, this.publishId, this.articleId, this.polls, this.attempts);
	}

}
