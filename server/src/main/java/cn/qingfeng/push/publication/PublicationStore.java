package cn.qingfeng.push.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.push.CampaignMessage.ArticleCard;
import cn.qingfeng.push.Publication;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The publications in the database. A worker's late word counts only while its own lease
 * stands.
 */
@Component
public class PublicationStore {

	/** Uploads may take long; a dead node's work is taken over after this. */
	private static final int LEASE_SECONDS = 90;

	private final DatabaseClient database;

	private final JsonMapper json;

	PublicationStore(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	public Mono<Void> start(UUID subject, ArticleCard article) {
		return this.database
			.sql("""
					INSERT INTO wechat_publication AS p (subject, article, state) VALUES (:subject, :article::jsonb, 'SUBMITTING')
					ON CONFLICT ON CONSTRAINT wechat_publication_pk DO UPDATE
					SET article = excluded.article, state = excluded.state, unwanted = false, reason = NULL,
						cover_media_id = NULL, draft_media_id = NULL, submit_tried = false, publish_id = NULL,
						article_id = NULL, urls = '{}', polls = 0, attempts = p.attempts + 1, due_at = now(),
						lease_until = NULL, updated_at = now()
					WHERE p.state IN ('REFUSED', 'DOUBTFUL', 'WITHDRAWN')
					""")
			.bind("subject", subject)
			.bind("article", this.json.writeValueAsString(article))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.switchIfEmpty(Mono.error(() -> new PublicationExistsProblem(subject)))
			.then();
	}

	public Mono<Void> withdraw(UUID subject) {
		return this.database.sql("""
				UPDATE wechat_publication SET unwanted = true, due_at = now(), updated_at = now()
				WHERE subject = :subject AND state IN ('SUBMITTING', 'SUBMITTED', 'PUBLISHED')
				""").bind("subject", subject).then();
	}

	public Mono<Map<UUID, Publication>> find(Collection<UUID> subjects) {
		return this.database.sql("""
				SELECT subject, state, unwanted, reason, urls, updated_at FROM wechat_publication
				WHERE subject = ANY(:subjects)
				""")
			.bind("subjects", subjects.toArray(UUID[]::new))
			.mapProperties(Row.class)
			.all()
			.collectMap(Row::subject, Row::publication);
	}

	/** Leases one publication that is due for its next step. */
	Mono<PublicationStep> lease() {
		return this.database
			.sql("""
					WITH due AS MATERIALIZED (
						SELECT x.subject FROM wechat_publication x
						WHERE (x.state IN ('SUBMITTING', 'SUBMITTED') OR x.state = 'PUBLISHED' AND x.unwanted)
							AND x.due_at <= now() AND (x.lease_until IS NULL OR x.lease_until < now())
						ORDER BY x.due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
					UPDATE wechat_publication p
					SET attempts = p.attempts + 1, lease_until = now() + :lease * interval '1 second'
					FROM due WHERE p.subject = due.subject
					RETURNING p.subject, p.article::text AS article, p.state, p.unwanted, p.cover_media_id, p.draft_media_id,
						p.submit_tried, p.publish_id, p.article_id, p.polls, p.attempts
					""")
			.bind("lease", LEASE_SECONDS)
			.mapProperties(StepRow.class)
			.one()
			.map((row) -> row.step(this.json.readValue(row.article(), ArticleCard.class)));
	}

	/** Remembers a step; empty when the lease has passed to another node. */
	Mono<PublicationStep> remember(PublicationStep progress) {
		return this.database.sql("""
				UPDATE wechat_publication SET cover_media_id = :cover, draft_media_id = :draft, submit_tried = :tried
				WHERE subject = :subject AND attempts = :attempts
				""")
			.bind("cover", text(progress.coverMediaId()))
			.bind("draft", text(progress.draftMediaId()))
			.bind("tried", progress.submitTried())
			.bind("subject", progress.subject())
			.bind("attempts", progress.attempts())
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.map((rows) -> progress);
	}

	/** WeChat took the article; its verdict may be here already. */
	Mono<Void> submitted(PublicationStep step, String publishId) {
		return this.database.sql("""
				UPDATE wechat_publication
				SET state = 'SUBMITTED', publish_id = :publishId, reason = NULL,
					due_at = now() + :pause * interval '1 second', lease_until = NULL, updated_at = now()
				WHERE subject = :subject AND attempts = :attempts
				""")
			.bind("publishId", publishId)
			.bind("pause", step.pauseBeforePoll().toSeconds())
			.bind("subject", step.subject())
			.bind("attempts", step.attempts())
			.fetch()
			.rowsUpdated()
			.thenMany(receipts(publishId))
			.concatMap((verdict) -> settle(publishId, verdict))
			.then();
	}

	/** Ends a step in a state that needs no more work, or waits with the one it has. */
	Mono<Void> end(PublicationStep step, StoredState state, @Nullable String reason, Duration delay) {
		return this.database
			.sql("""
					UPDATE wechat_publication
					SET state = :state, reason = :reason, due_at = now() + :delay * interval '1 second', lease_until = NULL,
						submit_tried = false, updated_at = now(), polls = polls + CASE :state WHEN 'SUBMITTED' THEN 1 ELSE 0 END
					WHERE subject = :subject AND attempts = :attempts AND state = :from
					""")
			.bind("state", state.name())
			.bind("reason", text(reason))
			.bind("delay", delay.toSeconds())
			.bind("subject", step.subject())
			.bind("attempts", step.attempts())
			.bind("from", step.state().name())
			.then();
	}

	/** Keeps what WeChat said, whether or not we know the publication yet. */
	Mono<Void> keep(String publishId, Verdict verdict) {
		return this.database
			.sql("""
					INSERT INTO publication_receipt (publish_id, status, article_id, urls)
					VALUES (:publishId, :status, :articleId, :urls) ON CONFLICT ON CONSTRAINT publication_receipt_pk DO NOTHING
					""")
			.bind("publishId", publishId)
			.bind("status", verdict.status())
			.bind("articleId", text(verdict.articleId()))
			.bind("urls", verdict.urls().toArray(String[]::new))
			.then();
	}

	/**
	 * Settles a publication by WeChat's verdict. Once published only its end can follow.
	 */
	Mono<Long> settle(String publishId, Verdict verdict) {
		return this.database
			.sql("""
					UPDATE wechat_publication
					SET state = :state, reason = :reason, article_id = coalesce(:articleId, article_id),
						urls = CASE WHEN cardinality(:urls::text[]) > 0 THEN :urls ELSE urls END, due_at = now(), lease_until = NULL,
						updated_at = now()
					WHERE publish_id = :publishId AND (state = 'SUBMITTED' OR state = 'PUBLISHED' AND :state = 'WITHDRAWN')
					""")
			.bind("state", verdict.state().name())
			.bind("reason", text(verdict.reason()))
			.bind("articleId", text(verdict.articleId()))
			.bind("urls", verdict.urls().toArray(String[]::new))
			.bind("publishId", publishId)
			.fetch()
			.rowsUpdated();
	}

	private Flux<Verdict> receipts(String publishId) {
		return this.database.sql("""
				SELECT status, article_id, urls FROM publication_receipt WHERE publish_id = :publishId ORDER BY status
				""")
			.bind("publishId", publishId)
			.mapProperties(ReceiptRow.class)
			.all()
			.map(ReceiptRow::verdict)
			.collectList()
			.flatMapIterable((verdicts) -> verdicts);
	}

	private static Object text(@Nullable String value) {
		return (value != null) ? value : Parameters.in(R2dbcType.VARCHAR);
	}

	record Row(UUID subject, StoredState state, boolean unwanted, @Nullable String reason, String[] urls,
			Instant updatedAt) {

		Publication publication() {
			return new Publication(this.subject, this.state.shown(this.unwanted), this.reason, List.of(this.urls),
					this.updatedAt);
		}

	}

	record ReceiptRow(int status, @Nullable String articleId, String[] urls) {

		Verdict verdict() {
			return new Verdict(this.status, this.articleId, List.of(this.urls));
		}

	}

	record StepRow(UUID subject, String article, StoredState state, boolean unwanted, @Nullable String coverMediaId,
			@Nullable String draftMediaId, boolean submitTried, @Nullable String publishId, @Nullable String articleId,
			int polls, int attempts) {

		PublicationStep step(ArticleCard card) {
			return new PublicationStep(this.subject, card, this.state, this.unwanted, this.coverMediaId,
					this.draftMediaId, this.submitTried, this.publishId, this.articleId, this.polls, this.attempts);
		}

	}

}
