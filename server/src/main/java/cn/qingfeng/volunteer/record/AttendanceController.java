package cn.qingfeng.volunteer.record;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.admin.AttendanceApi;
import cn.qingfeng.contract.admin.model.AttendanceCorrection;
import cn.qingfeng.contract.admin.model.AttendancePage;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.volunteer.event.EventStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class AttendanceController implements AttendanceApi {

	private final AttendanceStore attendance;

	private final AttendanceView.Reader views;

	private final EventStore events;

	private final RecordMapper mapper;

	private final AttendanceCorrecting correcting;

	AttendanceController(AttendanceStore attendance, AttendanceView.Reader views, EventStore events,
			RecordMapper mapper, AttendanceCorrecting correcting) {
		this.attendance = attendance;
		this.views = views;
		this.events = events;
		this.mapper = mapper;
		this.correcting = correcting;
	}

	@Override
	public Mono<ResponseEntity<AttendancePage>> listAttendance(UUID id, Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		UUID after = Cursor.decode(cursor, UUID.class).map((key) -> key.get(0, UUID.class)).orElse(null);
		return this.events.find(id)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.then(this.attendance.list(id, after, size + 1))
			.flatMap((rows) -> this.views.complete(id, rows))
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.memberId())))
			.map((page) -> ResponseEntity.ok(this.mapper.toContract(page)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Attendance>> correctAttendance(UUID id, UUID memberId,
			Mono<AttendanceCorrection> attendanceCorrection, ServerWebExchange exchange) {
		return attendanceCorrection.map((request) -> this.mapper.toDomain(request, id, memberId))
			.flatMap(this.correcting::correct)
			.flatMap((corrected) -> this.views.complete(id, List.of(corrected)))
			.map((views) -> ResponseEntity.ok(this.mapper.toContract(views.getFirst())));
	}

}
