package cn.qingfeng.content;

import java.time.Instant;
import java.util.UUID;

/**
 * The signed bytes of an article are out. Written to the outbox in the transaction that
 * published them.
 *
 * @param articleId which article
 * @param publishedBy the publisher
 * @param at when
 */
public record ArticlePublished(UUID articleId, UUID publishedBy, Instant at) {

}
