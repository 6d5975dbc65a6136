package cn.qingfeng.volunteer.checkin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.limit.CallRates;
import cn.qingfeng.platform.limit.RateLimit;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.volunteer.event.Event;
import cn.qingfeng.volunteer.event.EventStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * Checking in and out. Online, the server's clock decides. What a phone kept without a
 * signal and uploads later counts at the moment its code was shown, and is marked for the
 * organiser, who can correct it.
 */
@Service
class CheckingIn {

	/** Of one member: six digits cannot be tried out in the seconds that they live. */
	private static final RateLimit CHECK_INS = new RateLimit(30, Duration.ofMinutes(1));

	/** Later than this an upload no longer counts by itself. */
	private static final Duration LONGEST_OFFLINE = Duration.ofDays(3);

	private final EventStore events;

	private final CheckInStore checkIns;

	private final DatabaseClient database;

	private final CallRates rates;

	private final Clock clock;

	CheckingIn(EventStore events, CheckInStore checkIns, DatabaseClient database, CallRates rates, Clock clock) {
		this.events = events;
		this.checkIns = checkIns;
		this.database = database;
		this.rates = rates;
		this.clock = clock;
	}

	/** Checks a member in or out now. */
	Mono<CheckInResult> now(NewCheckIn report, UUID member) {
		Instant now = this.clock.instant();
		return limited(member, attempt(report, member, false,
				(secret) -> PresenceCode.isShown(secret, report.code(), now) ? Optional.of(now) : Optional.empty()));
	}

	/** Takes what a phone kept, one after another; each has its own result. */
	Mono<List<CheckInResult>> upload(List<NewCheckIn> reports, UUID member) {
		return limited(member,
				Flux.fromIterable(reports).concatMap((report) -> uploaded(report, member)).collectList());
	}

	private <T> Mono<T> limited(UUID member, Mono<T> work) {
		return this.rates.limited("check-in|" + member, CHECK_INS, work);
	}

	private Mono<CheckInResult> uploaded(NewCheckIn report, UUID member) {
		Instant now = this.clock.instant();
		return attempt(report, member, true, (secret) -> PresenceCode.shownAround(secret, report.code(), report.at())
			.filter((shown) -> !shown.isAfter(now) && shown.isAfter(now.minus(LONGEST_OFFLINE))));
	}

	private Mono<CheckInResult> attempt(NewCheckIn report, UUID member, boolean offline, CodeCheck check) {
		return this.events.find(report.eventId())
			.flatMap((event) -> standing(event, member)
				.flatMap((standing) -> record(report, event, standing, offline, check)))
			.switchIfEmpty(Mono.fromSupplier(() -> new CheckInResult.Refused(new NotFoundProblem())));
	}

	private Mono<CheckInResult> record(NewCheckIn report, Event event, Standing standing, boolean offline,
			CodeCheck check) {
		if (standing.recorded(report)) {
			return this.checkIns.record(checkIn(report, standing.member(), this.clock.instant(), offline));
		}
		Optional<Instant> moment = check.momentOf(standing.secret());
		Problem problem = refusal(event, standing, moment.orElse(null));
		if (problem != null) {
			return Mono.just(new CheckInResult.Refused(problem));
		}
		return this.checkIns.record(checkIn(report, standing.member(), moment.orElseThrow(), offline));
	}

	private static @Nullable Problem refusal(Event event, Standing standing, @Nullable Instant moment) {
		if (!standing.confirmed()) {
			return new CheckInProblem("not-registered");
		}
		if (moment == null) {
			return new CheckInProblem("code-expired");
		}
		return event.isOpenForCheckIn(moment) ? null : new CheckInProblem("check-in-closed");
	}

	private static CheckIn checkIn(NewCheckIn report, UUID member, Instant recordedAt, boolean offline) {
		return new CheckIn(member, report.id(), report.eventId(), report.kind(), recordedAt, report.at(), offline);
	}

	private Mono<Standing> standing(Event event, UUID member) {
		return this.database.sql("""
				SELECT e.presence_secret AS secret, coalesce(r.state = 'CONFIRMED', false) AS confirmed,
					array(SELECT c.id FROM check_in c WHERE c.event_id = e.id AND c.member_id = :member) AS check_ins
				FROM event e LEFT JOIN registration r ON r.event_id = e.id AND r.member_id = :member
				WHERE e.id = :event
				""")
			.bind("event", event.id())
			.bind("member", member)
			.mapProperties(StandingRow.class)
			.one()
			.map((row) -> new Standing(member, row.secret(), row.confirmed(), List.of(row.checkIns())));
	}

	/**
	 * Tells at which moment a code counts.
	 */
	@FunctionalInterface
	private interface CodeCheck {

		Optional<Instant> momentOf(byte[] secret);

	}

	record StandingRow(byte[] secret, boolean confirmed, UUID[] checkIns) {

	}

	/**
	 * What an event knows of a member.
	 */
	private record Standing(UUID member, byte[] secret, boolean confirmed, List<UUID> checkIns) {

		boolean recorded(NewCheckIn report) {
			return this.checkIns.contains(report.id());
		}

	}

}
