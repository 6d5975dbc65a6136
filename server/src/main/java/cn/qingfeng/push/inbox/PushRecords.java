package cn.qingfeng.push.inbox;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.MemberRecords;
import cn.qingfeng.member.Members;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * What was sent to a member, and what may be. Erasing empties the inbox and the consent
 * wallet and takes the WeChat name off the deliveries, which stay for the ledger of their
 * campaign; what was not sent yet will not be.
 */
@Component
class PushRecords implements MemberRecords {

	private final DatabaseClient database;

	private final JsonMapper json;

	private final Members members;

	PushRecords(DatabaseClient database, JsonMapper json, Members members) {
		this.database = database;
		this.json = json;
		this.members = members;
	}

	@Override
	public String section() {
		return "messages";
	}

	@Override
	public Mono<JsonNode> copy(MemberId member) {
		return openids(member).flatMap((openids) -> this.database
			.sql("""
					SELECT jsonb_build_object(
						'inbox', (SELECT coalesce(jsonb_agg(jsonb_build_object('title', coalesce(i.title, c.title),
							'summary', coalesce(i.body, c.summary), 'sentAt', i.sent_at, 'readAt', i.read_at)
							ORDER BY i.sent_at), '[]')
							FROM inbox_message i LEFT JOIN campaign c ON c.id = i.campaign_id WHERE i.member_id = :id),
						'deliveries', (SELECT coalesce(jsonb_agg(jsonb_build_object('title', c.title, 'channel', d.channel,
							'state', d.state, 'reason', d.reason, 'sentAt', d.first_sent_at) ORDER BY d.id), '[]')
							FROM delivery d JOIN campaign c ON c.id = d.campaign_id WHERE d.member_id = :id),
						'consents', (SELECT coalesce(jsonb_agg(jsonb_build_object('account', s.account, 'template', s.template_id,
							'grants', s.grants, 'answer', s.answer, 'answeredAt', s.answered_at) ORDER BY s.template_id), '[]')
							FROM subscription_consent s WHERE s.openid = ANY(:openids)))::text
					""")
			.bind("id", member.value())
			.bind("openids", openids)
			.mapValue(String.class)
			.one()
			.map(this.json::readTree));
	}

	@Override
	public Mono<Void> erase(MemberId member) {
		return openids(member).flatMap((openids) -> this.database.sql("""
				WITH messages AS (DELETE FROM inbox_message WHERE member_id = :id),
				consents AS (DELETE FROM subscription_consent WHERE openid = ANY(:openids))
				UPDATE delivery SET openid = NULL, updated_at = now(),
					reason = CASE state WHEN 'PLANNED' THEN 'erased' ELSE reason END,
					state = CASE state WHEN 'PLANNED' THEN 'SKIPPED' ELSE state END
				WHERE member_id = :id AND state <> 'SENDING'
				""").bind("id", member.value()).bind("openids", openids).then());
	}

	/** Openids are unlike in all accounts. */
	private Mono<String[]> openids(MemberId member) {
		return this.members.openids(member).map((openids) -> openids.values().toArray(String[]::new));
	}

}
