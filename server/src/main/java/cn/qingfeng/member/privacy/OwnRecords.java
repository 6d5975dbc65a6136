package cn.qingfeng.member.privacy;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.MemberRecords;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The roster's entry, the WeChat accounts and all that hangs on them. An erased entry
 * keeps its id and its unit, so that counts of the past stay right, and nothing that
 * leads to the person; consents and views stay as proof.
 */
@Component
class OwnRecords implements MemberRecords {

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final JsonMapper json;

	OwnRecords(DatabaseClient database, PersonalData personalData, JsonMapper json) {
		this.database = database;
		this.personalData = personalData;
		this.json = json;
	}

	@Override
	public String section() {
		return "member";
	}

	@Override
	public Mono<JsonNode> copy(MemberId member) {
		return this.database
			.sql("""
					SELECT m.phone_key, m.phone_cipher, m.id_key, m.id_cipher, jsonb_build_object(
						'name', m.name, 'number', m.number, 'unit', u.name, 'position', m.position, 'joinedOn', m.joined_on,
						'status', m.status, 'since', m.created_at,
						'wechatAccounts', (SELECT coalesce(jsonb_agg(jsonb_build_object('app', a.appid, 'openid', a.openid,
							'unionid', a.unionid, 'boundAt', a.bound_at, 'follows', a.follows, 'textSize', a.text_size,
							'quietFrom', a.quiet_from, 'quietTo', a.quiet_to) ORDER BY a.id), '[]')
							FROM wechat_account a WHERE a.member_id = m.id),
						'unitChanges', (SELECT coalesce(jsonb_agg(jsonb_build_object('from', f.name, 'to', t.name,
							'changedAt', c.changed_at) ORDER BY c.id), '[]')
							FROM member_unit_change c JOIN unit f ON f.id = c.from_unit_id JOIN unit t ON t.id = c.to_unit_id
							WHERE c.member_id = m.id),
						'statusChanges', (SELECT coalesce(jsonb_agg(jsonb_build_object('from', c.from_status, 'to', c.to_status,
							'changedAt', c.changed_at) ORDER BY c.id), '[]')
							FROM member_status_change c WHERE c.member_id = m.id),
						'sessions', (SELECT coalesce(jsonb_agg(jsonb_build_object('device', s.device, 'begunAt', s.created_at,
							'lastUsedAt', s.last_used_at) ORDER BY s.id), '[]')
							FROM member_session s JOIN wechat_account a ON a.id = s.account_id WHERE a.member_id = m.id),
						'consents', (SELECT coalesce(jsonb_agg(jsonb_build_object('version', c.version,
							'agreedAt', c.agreed_at) ORDER BY c.id), '[]')
							FROM privacy_consent c WHERE c.member_id = m.id),
						'views', (SELECT coalesce(jsonb_agg(jsonb_build_object('data', v.data, 'purpose', v.purpose,
							'viewedAt', v.viewed_at) ORDER BY v.id), '[]')
							FROM personal_data_view v WHERE v.member_id = m.id),
						'feedback', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'text', f.text,
							'submittedAt', f.submitted_at, 'answer', f.answer, 'answeredAt', f.answered_at) ORDER BY f.id), '[]')
							FROM feedback f WHERE f.member_id = m.id))::text AS document
					FROM member m JOIN unit u ON u.id = m.unit_id WHERE m.id = :id
					""")
			.bind("id", member.value())
			.mapProperties(Row.class)
			.one()
			.map((row) -> document(member, row));
	}

	@Override
	public Mono<Void> erase(MemberId member) {
		return this.database.sql("""
				WITH keys AS (
					DELETE FROM idempotency_key k USING wechat_account a
					WHERE a.member_id = :id AND k.caller = 'member:' || a.id),
				accounts AS (DELETE FROM wechat_account WHERE member_id = :id),
				codes AS (DELETE FROM binding_code WHERE member_id = :id),
				messages AS (DELETE FROM feedback WHERE member_id = :id),
				imported AS (DELETE FROM member_import_row WHERE member_id = :id)
				UPDATE member SET name = '已注销', number = 'erased-' || id, position = NULL, joined_on = NULL,
					status = 'LEFT', phone_cipher = '', phone_key = '', phone_index = '', phone_masked = '',
					id_cipher = NULL, id_key = NULL, id_index = NULL, id_masked = NULL
				WHERE id = :id
				""").bind("id", member.value()).then();
	}

	private JsonNode document(MemberId member, Row row) {
		ObjectNode document = (ObjectNode) this.json.readTree(row.document());
		document.put("phone", opened(row.phoneKey(), row.phoneCipher(), "member.phone:" + member.value()));
		return document.put("idNumber", (row.idKey() != null && row.idCipher() != null)
				? opened(row.idKey(), row.idCipher(), "member.id:" + member.value()) : null);
	}

	private String opened(String keyId, byte[] cipher, String owner) {
		return this.personalData.open(new SealedText(keyId, cipher), owner);
	}

	private record Row(String phoneKey, byte[] phoneCipher, @Nullable String idKey, byte @Nullable [] idCipher,
			String document) {

	}

}
