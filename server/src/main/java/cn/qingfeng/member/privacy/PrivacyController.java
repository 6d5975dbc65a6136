package cn.qingfeng.member.privacy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.contract.member.PrivacyApi;
import cn.qingfeng.contract.member.model.AccessLogEntry;
import cn.qingfeng.contract.member.model.AccessLogPage;
import cn.qingfeng.contract.member.model.PrivacyConsent;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.StaffAccounts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class PrivacyController implements PrivacyApi {

	private static final UUID AFTER_ALL = new UUID(-1, -1);

	private final OwnData ownData;

	private final PersonalDataViews views;

	private final Consents consents;

	private final StaffAccounts staff;

	PrivacyController(OwnData ownData, PersonalDataViews views, Consents consents, StaffAccounts staff) {
		this.ownData = ownData;
		this.views = views;
		this.consents = consents;
		this.staff = staff;
	}

	@Override
	public Mono<ResponseEntity<AccessLogPage>> getAccessLog(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		UUID before = Cursor.decode(cursor, UUID.class).map((last) -> last.get(0, UUID.class)).orElse(AFTER_ALL);
		return CurrentMember.memberId()
			.flatMap((memberId) -> this.views.of(memberId, before, size + 1))
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.id())))
			.flatMap((page) -> named(page.items())
				.map((entries) -> ResponseEntity.ok(new AccessLogPage(entries, page.nextCursor()))));
	}

	@Override
	public Mono<ResponseEntity<Map<String, Object>>> exportMe(ServerWebExchange exchange) {
		return this.ownData.copy().map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Void>> eraseMe(ServerWebExchange exchange) {
		return this.ownData.erase().thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Void>> consentToPrivacyNotice(Mono<PrivacyConsent> request, ServerWebExchange exchange) {
		return request
			.flatMap((typed) -> CurrentMember.memberId()
				.flatMap((memberId) -> this.consents.give(memberId, typed.getVersion())))
			.thenReturn(ResponseEntity.noContent().build());
	}

	private Mono<List<AccessLogEntry>> named(List<PersonalDataViews.View> views) {
		return this.staff.displayNames(views.stream().map(PersonalDataViews.View::staffId).collect(Collectors.toSet()))
			.map((names) -> views.stream().map((view) -> entry(view, names)).toList());
	}

	private static AccessLogEntry entry(PersonalDataViews.View view, Map<UUID, String> names) {
		return new AccessLogEntry(BusinessTime.at(view.viewedAt()), names.getOrDefault(view.staffId(), "工作人员"),
				view.data(), view.purpose());
	}

}
