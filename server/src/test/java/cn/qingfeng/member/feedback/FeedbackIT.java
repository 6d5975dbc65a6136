package cn.qingfeng.member.feedback;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.security.CurrentStaff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@QingfengIT
class FeedbackIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private TestMember writer = new TestMember(new UUID(0, 0), "", "", "");

	@BeforeEach
	void addWriter() {
		this.writer = this.members.add("写信人");
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void aMessageIsAnsweredOnceAndItsWriterReadsIt() {
		String id = send("希望增加周末活动", false);
		item(id, this.sessions.staff("ADMIN"), "").jsonPath("$.items[?(@.id=='" + id + "')].writer.name")
			.isEqualTo("写信人");
		answer(id, this.sessions.staff("ADMIN")).expectStatus().isOk();
		answer(id, this.sessions.staff("ADMIN")).expectStatus().isEqualTo(409);
		this.client.get()
			.uri("/api/v1/me/feedback")
			.headers(writer())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].answer")
			.isEqualTo("已采纳，谢谢。");
	}

	@Test
	void anAnonymousMessageDoesNotTellItsWriter() {
		String id = send("食堂浪费", true);
		item(id, this.sessions.staff("ADMIN"), "").jsonPath("$.items[?(@.id=='" + id + "')].text")
			.isEqualTo("食堂浪费")
			.jsonPath("$.items[?(@.id=='" + id + "')].writer.name")
			.doesNotExist();
	}

	@Test
	void whatIsNotAnsweredInFiveWorkingDaysIsOverdue() {
		String id = send("没有人理我", false);
		item(id, this.sessions.staff("ADMIN"), "&state=OVERDUE").jsonPath("$.items[?(@.id=='" + id + "')]")
			.doesNotExist();
		this.clock.advance(Duration.ofDays(8));
		item(id, this.sessions.staff("ADMIN"), "&state=OVERDUE").jsonPath("$.items[?(@.id=='" + id + "')].overdue")
			.isEqualTo(true);
		answer(id, this.sessions.staff("ADMIN")).expectStatus().isOk();
		item(id, this.sessions.staff("ADMIN"), "&state=OVERDUE").jsonPath("$.items[?(@.id=='" + id + "')]")
			.doesNotExist();
		item(id, this.sessions.staff("ADMIN"), "&state=ANSWERED").jsonPath("$.items[?(@.id=='" + id + "')].overdue")
			.isEqualTo(false);
	}

	@Test
	void staffOfAnotherUnitNeitherSeeNorAnswerIt() {
		String id = send("只给本单位看", false);
		Consumer<HttpHeaders> foreign = this.sessions.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(),
				"foreign", Set.of("ADMIN"), Set.of(otherUnit())));
		item(id, foreign, "").jsonPath("$.items[?(@.id=='" + id + "')]").doesNotExist();
		answer(id, foreign).expectStatus().isNotFound();
	}

	@Test
	void nobodyWritesWithoutEnd() {
		for (int i = 0; i < 20; i++) {
			send("第 " + i + " 封", false);
		}
		write("再来一封", false).expectStatus().isEqualTo(429);
		this.clock.advance(Duration.ofHours(25));
		write("明天再来", false).expectStatus().isCreated();
	}

	@Test
	void anEmptyMessageIsRefused() {
		write(" ", false).expectStatus().isEqualTo(422);
	}

	private Consumer<HttpHeaders> writer() {
		return this.sessions.member(UUID.randomUUID(), this.writer.id());
	}

	private String send(String text, boolean anonymous) {
		Map<?, ?> sent = write(text, anonymous).expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return String.valueOf(Objects.requireNonNull(sent).get("id"));
	}

	private WebTestClient.ResponseSpec write(String text, boolean anonymous) {
		return this.client.post()
			.uri("/api/v1/feedback")
			.headers(writer())
			.bodyValue(Map.of("kind", "SUGGESTION", "text", text, "anonymous", anonymous))
			.exchange();
	}

	private WebTestClient.BodyContentSpec item(String id, Consumer<HttpHeaders> staff, String more) {
		return this.client.get()
			.uri("/api/admin/v1/feedback?limit=100" + more)
			.headers(staff)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody();
	}

	private WebTestClient.ResponseSpec answer(String id, Consumer<HttpHeaders> staff) {
		return this.client.post()
			.uri("/api/admin/v1/feedback/" + id + "/answer")
			.headers(staff)
			.bodyValue(Map.of("text", "已采纳，谢谢。"))
			.exchange();
	}

	private UUID otherUnit() {
		return Objects.requireNonNull(this.database.sql(
				"SELECT u.id FROM unit u WHERE u.key <> :key AND NOT EXISTS (SELECT 1 FROM unit c WHERE c.parent_id = u.id) LIMIT 1")
			.bind("key", "audit")
			.mapValue(UUID.class)
			.one()
			.block(Duration.ofSeconds(10)));
	}

}
