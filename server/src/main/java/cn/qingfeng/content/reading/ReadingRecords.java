package cn.qingfeng.content.reading;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.MemberRecords;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Favourites and where a member stopped reading: nobody else needs them.
 */
@Component
class ReadingRecords implements MemberRecords {

	private final DatabaseClient database;

	private final JsonMapper json;

	ReadingRecords(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	@Override
	public String section() {
		return "reading";
	}

	@Override
	public Mono<JsonNode> copy(MemberId member) {
		return this.database
			.sql("""
					SELECT jsonb_build_object(
						'favourites', (SELECT coalesce(jsonb_agg(jsonb_build_object('article', a.title, 'keptAt', f.kept_at)
							ORDER BY f.kept_at), '[]')
							FROM favourite f JOIN article a ON a.id = f.article_id WHERE f.member_id = :id),
						'positions', (SELECT coalesce(jsonb_agg(jsonb_build_object('article', a.title, 'paragraph', p.paragraph,
							'savedAt', p.saved_at) ORDER BY p.saved_at), '[]')
							FROM reading_position p JOIN article a ON a.id = p.article_id WHERE p.member_id = :id))::text
					""")
			.bind("id", member.value())
			.mapValue(String.class)
			.one()
			.map(this.json::readTree);
	}

	@Override
	public Mono<Void> erase(MemberId member) {
		return this.database.sql("""
				WITH favourites AS (DELETE FROM favourite WHERE member_id = :id)
				DELETE FROM reading_position WHERE member_id = :id
				""").bind("id", member.value()).then();
	}

}
