package cn.qingfeng.push.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import cn.qingfeng.push.PushProperties;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent.TemplateAnswer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The consents in the database. Only WeChat's events add to it: what a phone reports is
 * remembered as an answer and worth nothing. Events may come in any order, so a late
 * acceptance from before a withdrawal counts for nothing.
 */
@Component
public class ConsentWallet {

	private final DatabaseClient database;

	private final PushProperties properties;

	ConsentWallet(DatabaseClient database, PushProperties properties) {
		this.database = database;
		this.properties = properties;
	}

	/**
	 * Which of these people allow a subscription message now, in one query.
	 * @param openids of the mini-program
	 * @return none while no template is configured
	 */
	public Mono<Set<String>> holders(Collection<String> openids) {
		PushProperties.SubscriptionTemplate template = this.properties.subscription();
		if (template == null || openids.isEmpty()) {
			return Mono.just(Set.of());
		}
		return this.database.sql("""
				SELECT openid FROM subscription_consent
				WHERE account = :account AND openid = ANY(:openids) AND template_id = :template AND grants > 0
				""")
			.bind("account", WechatAccount.MINI_PROGRAM.name())
			.bind("openids", openids.toArray(String[]::new))
			.bind("template", template.id())
			.mapValue(String.class)
			.all()
			.collect(Collectors.toSet());
	}

	/**
	 * Takes one consent from each of these people, for a message that went out or may
	 * have. Long-term consents stay.
	 * @param openids of the mini-program
	 */
	public Mono<Void> spend(Collection<String> openids) {
		PushProperties.SubscriptionTemplate template = this.properties.subscription();
		if (template == null || template.longTerm() || openids.isEmpty()) {
			return Mono.empty();
		}
		return take(openids, template.id(), "greatest(c.grants - u.sent, 0)");
	}

	/**
	 * WeChat says that these people allow no message, whatever we counted.
	 * @param openids of the mini-program
	 */
	public Mono<Void> empty(Collection<String> openids) {
		PushProperties.SubscriptionTemplate template = this.properties.subscription();
		if (template == null || openids.isEmpty()) {
			return Mono.empty();
		}
		return take(openids, template.id(), "0");
	}

	/**
	 * What the person behind an openid allows, template by template.
	 * @param openid of the mini-program
	 */
	Mono<List<Consent>> of(String openid) {
		PushProperties.SubscriptionTemplate template = this.properties.subscription();
		if (template == null) {
			return Mono.just(List.of());
		}
		return this.database.sql("""
				SELECT grants, answer FROM subscription_consent
				WHERE account = :account AND openid = :openid AND template_id = :template
				""")
			.bind("account", WechatAccount.MINI_PROGRAM.name())
			.bind("openid", openid)
			.bind("template", template.id())
			.mapProperties(Standing.class)
			.one()
			.defaultIfEmpty(Standing.NEVER_ASKED)
			.map((standing) -> List.of(standing.of(template)));
	}

	/** Adds what a popup granted. */
	Mono<Void> add(WechatAccount account, String openid, List<TemplateAnswer> answers, Instant at) {
		return this.database
			.sql("""
					INSERT INTO subscription_consent AS c (account, openid, template_id, grants, granted_at, answer, answered_at)
					SELECT :account, :openid, a.template, count(*) FILTER (WHERE a.accepted),
						CASE WHEN bool_or(a.accepted) THEN :at END, CASE WHEN bool_or(a.accepted) THEN 'ACCEPT' ELSE 'REJECT' END,
						:at
					FROM unnest(:templates::text[], :accepted::boolean[]) AS a (template, accepted)
					GROUP BY a.template
					ON CONFLICT ON CONSTRAINT subscription_consent_pk DO UPDATE SET
						grants = c.grants + CASE WHEN c.withdrawn_at > excluded.answered_at THEN 0 ELSE excluded.grants END,
						granted_at = greatest(c.granted_at, excluded.granted_at),
						answer = CASE WHEN c.answered_at > excluded.answered_at THEN c.answer ELSE excluded.answer END,
						answered_at = greatest(c.answered_at, excluded.answered_at)
					""")
			.bind("account", account.name())
			.bind("openid", openid)
			.bind("at", at)
			.bind("templates", answers.stream().map(TemplateAnswer::templateId).toArray(String[]::new))
			.bind("accepted", answers.stream().map(TemplateAnswer::accepted).toArray(Boolean[]::new))
			.then();
	}

	/**
	 * Empties the templates that a person switched off, unless they were granted anew.
	 */
	Mono<Void> withdraw(WechatAccount account, String openid, Collection<String> templates, Instant at) {
		return this.database
			.sql("""
					INSERT INTO subscription_consent AS c (account, openid, template_id, withdrawn_at, answer, answered_at)
					SELECT DISTINCT :account, :openid, a.template, :at, 'REJECT', :at FROM unnest(:templates::text[]) AS a (template)
					ON CONFLICT ON CONSTRAINT subscription_consent_pk DO UPDATE SET
						grants = CASE WHEN c.granted_at > excluded.answered_at THEN c.grants ELSE 0 END,
						withdrawn_at = greatest(c.withdrawn_at, excluded.withdrawn_at),
						answer = CASE WHEN c.answered_at > excluded.answered_at THEN c.answer ELSE excluded.answer END,
						answered_at = greatest(c.answered_at, excluded.answered_at)
					""")
			.bind("account", account.name())
			.bind("openid", openid)
			.bind("at", at)
			.bind("templates", templates.toArray(String[]::new))
			.then();
	}

	/** Remembers what a phone says that was answered. */
	Mono<Void> note(String openid, String templateId, Answer answer, Instant at) {
		return this.database.sql("""
				INSERT INTO subscription_consent AS c (account, openid, template_id, answer, answered_at)
				VALUES (:account, :openid, :template, :answer, :at)
				ON CONFLICT ON CONSTRAINT subscription_consent_pk DO UPDATE
				SET answer = excluded.answer, answered_at = excluded.answered_at
				WHERE c.answered_at <= excluded.answered_at
				""")
			.bind("account", WechatAccount.MINI_PROGRAM.name())
			.bind("openid", openid)
			.bind("template", templateId)
			.bind("answer", answer.name())
			.bind("at", at)
			.then();
	}

	/** Forgets a person in one account. */
	Mono<Void> forget(WechatAccount account, String openid) {
		return this.database.sql("DELETE FROM subscription_consent WHERE account = :account AND openid = :openid")
			.bind("account", account.name())
			.bind("openid", openid)
			.then();
	}

	private Mono<Void> take(Collection<String> openids, String templateId, String left) {
		return this.database
			.sql("""
					UPDATE subscription_consent c SET grants = %s
					FROM (SELECT openid, count(*)::int AS sent FROM unnest(:openids::text[]) AS o (openid) GROUP BY openid) AS u
					WHERE c.account = :account AND c.openid = u.openid AND c.template_id = :template
					"""
				.formatted(left))
			.bind("openids", openids.toArray(String[]::new))
			.bind("account", WechatAccount.MINI_PROGRAM.name())
			.bind("template", templateId)
			.then();
	}

	record Standing(int grants, @Nullable Answer answer) {

		static final Standing NEVER_ASKED = new Standing(0, null);

		Consent of(PushProperties.SubscriptionTemplate template) {
			return new Consent(template.id(), template.title(), template.longTerm(), this.grants, this.answer);
		}

	}

}
