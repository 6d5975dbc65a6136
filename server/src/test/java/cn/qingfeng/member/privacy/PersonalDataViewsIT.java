package cn.qingfeng.member.privacy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class PersonalDataViewsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private StaffAccounts accounts;

	@Autowired
	private DatabaseClient database;

	@Test
	void whoLooksAtAPhoneNumberIsSeenByTheMember() {
		String username = "v" + UUID.randomUUID();
		this.accounts.open(List.of(NewStaffAccount.of(username, "查号的人", "never used here", Role.ADMIN))).block(TIMEOUT);
		UUID staffId = Objects.requireNonNull(this.database.sql("SELECT id FROM staff_account WHERE username = :name")
			.bind("name", username)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
		TestMember member = this.members.add("被查的人");
		view(member, this.sessions.staff(staffId, "ADMIN"), "核对志愿活动报名").expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.phone")
			.isEqualTo(member.phone());
		accessLog(member).jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].by")
			.isEqualTo("查号的人")
			.jsonPath("$.items[0].data")
			.isEqualTo("phone")
			.jsonPath("$.items[0].purpose")
			.isEqualTo("核对志愿活动报名");
		accessLog(this.members.add("别人")).jsonPath("$.items.length()").isEqualTo(0);
		Long audited = this.database.sql(
				"SELECT count(*) FROM audit_entry WHERE action = 'member.view-phone' AND subject = :id AND detail = :purpose")
			.bind("id", member.id().toString())
			.bind("purpose", "核对志愿活动报名")
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT);
		assertThat(audited).isEqualTo(1);
	}

	@Test
	void nobodyLooksWithoutAPurpose() {
		TestMember member = this.members.add("无缘无故");
		view(member, this.sessions.staff("ADMIN"), " a  ").expectStatus().isEqualTo(422);
		accessLog(member).jsonPath("$.items.length()").isEqualTo(0);
	}

	@Test
	void staffOfAnotherUnitAreToldThatThereIsNoSuchMember() {
		UUID other = Objects.requireNonNull(this.database.sql(
				"SELECT u.id FROM unit u WHERE u.key <> :key AND NOT EXISTS (SELECT 1 FROM unit c WHERE c.parent_id = u.id) LIMIT 1")
			.bind("key", "audit")
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
		Consumer<HttpHeaders> foreign = this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "foreign", Set.of("UNIT_ADMIN"), Set.of(other)));
		TestMember member = this.members.add("外单位的人");
		view(member, foreign, "核对志愿活动报名").expectStatus().isNotFound();
		accessLog(member).jsonPath("$.items.length()").isEqualTo(0);
	}

	private WebTestClient.ResponseSpec view(TestMember member, Consumer<HttpHeaders> staff, String purpose) {
		return this.client.post()
			.uri("/api/admin/v1/members/" + member.id() + "/phone-views")
			.headers(staff)
			.bodyValue(Map.of("purpose", purpose))
			.exchange();
	}

	private WebTestClient.BodyContentSpec accessLog(TestMember member) {
		return this.client.get()
			.uri("/api/v1/me/access-log")
			.headers(this.sessions.member(UUID.randomUUID(), member.id()))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody();
	}

}
