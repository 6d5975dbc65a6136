package cn.qingfeng.member.identity;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.MemberRecords;
import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.SealedText;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The appeals that a member made. Those of others about the member's entry are theirs;
 * erasing the entry ends them too, for there is nothing left to be had.
 */
@Component
class AppealRecords implements MemberRecords {

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final JsonMapper json;

	AppealRecords(DatabaseClient database, PersonalData personalData, JsonMapper json) {
		this.database = database;
		this.personalData = personalData;
		this.json = json;
	}

	@Override
	public String section() {
		return "bindingAppeals";
	}

	@Override
	public Mono<JsonNode> copy(MemberId member) {
		return this.database.sql("""
				SELECT p.contact_key, p.contact_cipher, p.id::text AS id, jsonb_build_object('name', p.name,
					'reason', p.reason, 'submittedAt', p.submitted_at, 'state', p.state, 'answer', p.answer,
					'decidedAt', p.decided_at)::text AS document
				FROM binding_appeal p JOIN wechat_account a ON a.id = p.account_id
				WHERE a.member_id = :id ORDER BY p.id
				""")
			.bind("id", member.value())
			.mapProperties(Row.class)
			.all()
			.map(this::document)
			.collect(this.json::createArrayNode, ArrayNode::add)
			.map((appeals) -> this.json.createObjectNode().set("appeals", appeals));
	}

	@Override
	public Mono<Void> erase(MemberId member) {
		return this.database.sql("""
				DELETE FROM binding_appeal WHERE member_id = :id
					OR account_id IN (SELECT id FROM wechat_account WHERE member_id = :id)
				""").bind("id", member.value()).then();
	}

	private JsonNode document(Row row) {
		ObjectNode document = (ObjectNode) this.json.readTree(row.document());
		return document.put("contact", this.personalData.open(new SealedText(row.contactKey(), row.contactCipher()),
				AppealRepository.CONTACT + row.id()));
	}

	private record Row(String id, String contactKey, byte[] contactCipher, String document) {

	}

}
