package cn.qingfeng.volunteer.event;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.MemberRecords;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Sign-ups, check-ins and corrections of a member. Erasing gives back the places at
 * events to come; hours of the past stay in the sums under an id that leads to nobody.
 */
@Component
class VolunteerRecords implements MemberRecords {

	private final DatabaseClient database;

	private final JsonMapper json;

	private final Registering registering;

	private final Clock clock;

	VolunteerRecords(DatabaseClient database, JsonMapper json, Registering registering, Clock clock) {
		this.database = database;
		this.json = json;
		this.registering = registering;
		this.clock = clock;
	}

	@Override
	public String section() {
		return "volunteer";
	}

	@Override
	public Mono<JsonNode> copy(MemberId member) {
		return this.database
			.sql("""
					SELECT jsonb_build_object(
						'registrations', (SELECT coalesce(jsonb_agg(jsonb_build_object('event', e.title, 'startsAt', e.starts_at,
							'state', r.state, 'registeredAt', r.registered_at) ORDER BY e.starts_at), '[]')
							FROM registration r JOIN event e ON e.id = r.event_id WHERE r.member_id = :id),
						'checkIns', (SELECT coalesce(jsonb_agg(jsonb_build_object('event', e.title, 'kind', c.kind,
							'recordedAt', c.recorded_at, 'phoneAt', c.phone_at, 'offline', c.offline) ORDER BY c.recorded_at), '[]')
							FROM check_in c JOIN event e ON e.id = c.event_id WHERE c.member_id = :id),
						'corrections', (SELECT coalesce(jsonb_agg(jsonb_build_object('event', e.title, 'checkedInAt', x.checked_in_at,
							'checkedOutAt', x.checked_out_at, 'reason', x.reason, 'correctedAt', x.corrected_at)
							ORDER BY x.corrected_at), '[]')
							FROM attendance_correction x JOIN event e ON e.id = x.event_id WHERE x.member_id = :id))::text
					""")
			.bind("id", member.value())
			.mapValue(String.class)
			.one()
			.map(this.json::readTree);
	}

	@Override
	public Mono<Void> erase(MemberId member) {
		return toCome(member).flatMapIterable((events) -> events)
			.concatMap((event) -> this.registering.cancel(event, member.value()))
			.then();
	}

	/** In the order of ids, so that two at once do not wait for each other. */
	private Mono<List<UUID>> toCome(MemberId member) {
		return this.database.sql("""
				SELECT e.id FROM registration r JOIN event e ON e.id = r.event_id
				WHERE r.member_id = :id AND e.starts_at > :now AND NOT e.cancelled AND NOT EXISTS (
					SELECT 1 FROM check_in c WHERE c.event_id = e.id AND c.member_id = :id)
				ORDER BY e.id
				""")
			.bind("id", member.value())
			.bind("now", this.clock.instant())
			.mapValue(UUID.class)
			.all()
			.collectList();
	}

}
