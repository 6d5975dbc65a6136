package cn.qingfeng.staff.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Finds entries of the audit. A condition that is not asked for is not in the statement,
 * so that each search has an index.
 */
@Repository
class AuditReadModel {

	private static final String SELECT = """
			SELECT id, at, actor, action, subject, detail, result, origin, trace FROM audit_entry
			""";

	private final DatabaseClient database;

	AuditReadModel(DatabaseClient database) {
		this.database = database;
	}

	/** The newest before an id. */
	Mono<List<AuditRow>> newest(AuditFilter filter, long beforeId, int limit) {
		return find(filter, "id < :bound", beforeId, "ORDER BY id DESC LIMIT :limit", limit);
	}

	/** The oldest after an id. */
	Mono<List<AuditRow>> oldest(AuditFilter filter, long afterId, int limit) {
		return find(filter, "id > :bound", afterId, "ORDER BY id LIMIT :limit", limit);
	}

	private Mono<List<AuditRow>> find(AuditFilter filter, String bound, long id, String order, int limit) {
		Map<String, Object> values = new LinkedHashMap<>();
		List<String> conditions = new ArrayList<>(List.of(bound));
		values.put("bound", id);
		values.put("limit", limit);
		equal("actor", filter.actor(), conditions, values);
		equal("action", filter.action(), conditions, values);
		equal("subject", filter.subject(), conditions, values);
		if (filter.from() != null || filter.to() != null) {
			conditions.add("at >= :begin AND at < :end");
			values.put("begin", filter.begin());
			values.put("end", filter.end());
		}
		return this.database.sql(SELECT + "WHERE " + String.join(" AND ", conditions) + " " + order)
			.bindValues(values)
			.mapProperties(AuditRow.class)
			.all()
			.collectList();
	}

	private static void equal(String column, @Nullable String value, List<String> conditions,
			Map<String, Object> values) {
		if (value != null) {
			conditions.add(column + " = :" + column);
			values.put(column, value);
		}
	}

}
