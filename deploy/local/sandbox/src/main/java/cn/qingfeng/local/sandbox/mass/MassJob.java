package cn.qingfeng.local.sandbox.mass;

import java.util.List;

import cn.qingfeng.local.sandbox.article.Article;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Card;
import org.jspecify.annotations.Nullable;

/**
 * A mass message on its way.
 *
 * @param data the msg_data_id, by which statistics name its articles
 * @param targets the people meant, by their ids here
 * @param clientId the id that the backend gave it, or empty
 * @param anyway whether it is sent although it was judged a reprint
 * @param cards what is shown of its articles, once it is under way
 */
record MassJob(long id, long data, String appid, List<String> targets, Content content, String clientId, boolean anyway,
		Status status, Progress progress, List<Card> cards) {

	MassJob with(Status newStatus) {
		return new MassJob(this.id, this.data, this.appid, this.targets, this.content, this.clientId, this.anyway,
				newStatus, this.progress, this.cards);
	}

	MassJob with(Progress newProgress) {
		return new MassJob(this.id, this.data, this.appid, this.targets, this.content, this.clientId, this.anyway,
				this.status, newProgress, this.cards);
	}

	MassJob showing(List<Card> newCards) {
		return new MassJob(this.id, this.data, this.appid, this.targets, this.content, this.clientId, this.anyway,
				this.status, this.progress, newCards);
	}

	List<String> urls() {
		return this.cards.stream().map(Card::url).toList();
	}

	/** Where a job stands, in WeChat's words. */
	enum Status {

		/** The account's administrator has not said yes yet. */
		HELD,

		SENDING, SEND_SUCCESS, SEND_FAIL, DELETE;

		/** What WeChat tells a backend that asks. */
		String told() {
			return ((this == HELD) ? SENDING : this).name();
		}

	}

	/**
	 * How far it is.
	 *
	 * @param done how many targets were looked at
	 * @param left how many of these passed the filter
	 * @param sent how many of these got it
	 */
	record Progress(int done, int left, int sent) {

		static final Progress NONE = new Progress(0, 0, 0);

		Progress plus(int looked, int passed, int got) {
			return new Progress(this.done + looked, this.left + passed, this.sent + got);
		}

	}

	/** What is sent: articles, a text or a picture. */
	record Content(List<Article> articles, @Nullable String text, @Nullable String picture) {
	}

}
