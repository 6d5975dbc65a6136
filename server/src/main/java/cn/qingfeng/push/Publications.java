package cn.qingfeng.push;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.push.CampaignMessage.ArticleCard;
import cn.qingfeng.push.publication.PublicationStore;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Publishes single articles on the public account without telling followers, unlike a
 * campaign, and takes them back.
 */
@Service
public class Publications {

	private final PublicationStore store;

	Publications(PublicationStore store) {
		this.store = store;
	}

	/**
	 * Takes an article over, inside the caller's transaction. What was refused, is in
	 * doubt or was taken back may be published again.
	 * @param subject the caller's id of the article
	 * @param article within WeChat's limits
	 * @return 409 {@code publication-exists} while it is on its way or published
	 */
	public Mono<Void> publish(UUID subject, ArticleCard article) {
		return this.store.start(subject, article);
	}

	/**
	 * Takes an article back wherever it has got to, inside the caller's transaction.
	 * @param subject the caller's id of the article; nothing happens when it was never
	 * published
	 */
	public Mono<Void> withdraw(UUID subject) {
		return this.store.withdraw(subject);
	}

	/**
	 * What became of articles, in one query.
	 * @param subjects in any number
	 * @return those that were published
	 */
	public Mono<Map<UUID, Publication>> find(Collection<UUID> subjects) {
		return this.store.find(subjects);
	}

}
