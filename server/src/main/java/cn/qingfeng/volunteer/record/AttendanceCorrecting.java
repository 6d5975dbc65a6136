package cn.qingfeng.volunteer.record;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * An organiser's corrections. They are added to what was recorded, which stays.
 */
@Service
class AttendanceCorrecting {

	private final AttendanceStore attendance;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	AttendanceCorrecting(AttendanceStore attendance, Audit audit, Transactions transactions, Clock clock) {
		this.attendance = attendance;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Only somebody who was registered or came can be corrected. */
	Mono<Attendance> correct(Correction correction) {
		UUID event = correction.eventId();
		UUID member = correction.memberId();
		return this.attendance.find(event, member)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.then(CurrentStaff.mono())
			.flatMap((staff) -> this.attendance.insert(correction, staff.staffId(), this.clock.instant()))
			.then(this.audit.record("attendance.correct", event + "/" + member))
			.then(this.attendance.find(event, member))
			.as(this.transactions::inTransaction);
	}

}
