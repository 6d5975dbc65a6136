package cn.qingfeng.reminder.rule;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QingfengIT
class LetterIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestClock clock;

	private ContentFixtures content;

	private final UUID writerId = UUID.randomUUID();

	private Consumer<HttpHeaders> writer;

	private Consumer<HttpHeaders> approver;

	@BeforeEach
	void setUp() {
		this.content = new ContentFixtures(this.client, this.sessions);
		this.writer = this.sessions.staff(this.writerId, "AUTHOR");
		this.approver = this.sessions.staff("APPROVER");
	}

	@AfterEach
	void itIsNowAgain() {
		this.clock.reset();
	}

	@Test
	void twoYearsHaveTwoSendsForEachHolidayInOrder() {
		List<Map<String, Object>> due = items(this.content.get("/reminders/preview?from=2026-01-01&to=2027-12-31"));
		assertThat(due).hasSize(28)
			.isSortedAccordingTo(Comparator.comparing((one) -> ContentFixtures.text(one, "dueAt")))
			.allSatisfy((one) -> {
				assertThat(ContentFixtures.text(one, "title")).doesNotContain("{{");
				assertThat(ContentFixtures.text(one, "text")).doesNotContain("{{").isNotBlank();
			});
		assertThat(due.stream().collect(Collectors.groupingBy((one) -> ContentFixtures.text(one, "holiday"))))
			.hasSize(7)
			.allSatisfy((holiday, sends) -> assertThat(sends).as(holiday).hasSize(4));
		assertThat(due.getFirst()).containsEntry("holiday", "春节");
		assertThat(due).filteredOn((one) -> "中秋节".equals(one.get("holiday")))
			.extracting((one) -> ContentFixtures.text(one, "holidayDate"))
			.containsExactly("2026-09-25", "2026-09-25", "2027-09-15", "2027-09-15");
	}

	@Test
	void theCalendarKnowsDaysOffAsFarAsTheyArePublished() {
		List<Map<String, Object>> year = items(this.content.get("/reminders/calendar?from=2026-01-01&to=2026-12-31"));
		assertThat(year).hasSize(7).allSatisfy((day) -> {
			assertThat(day).containsEntry("statutoryPublished", true);
			assertThat((List<?>) day.get("daysOff")).isNotEmpty();
		});
		assertThat(items(this.content.get("/reminders/calendar?from=2030-01-01&to=2030-12-31"))).hasSize(7)
			.allSatisfy((day) -> assertThat(day).containsEntry("statutoryPublished", false));
	}

	@Test
	void aPeriodMustMakeSense() {
		for (String query : List.of("?from=2026-02-01&to=2026-01-01", "?from=2026-01-01&to=2029-01-01",
				"?from=1900-01-01&to=1900-02-01")) {
			for (String path : List.of("/reminders/preview", "/reminders/calendar")) {
				assertThat(ContentFixtures.problem(
						this.client.get().uri("/api/admin/v1" + path + query).headers(this.writer).exchange(), 422))
					.isEqualTo("invalid-request");
			}
		}
	}

	@Test
	void aLetterIsReviewedPublishedApprovedAndSentAtItsHour() {
		this.clock.setTo("2026-12-20T10:00");
		Map<String, Object> reminder = reminder("2027-01-01", 0);
		Map<String, Object> letter = make(reminder);
		assertThat(letter).containsEntry("state", "IN_REVIEW")
			.containsEntry("holiday", "元旦")
			.containsEntry("dueAt", "2026-12-29T09:00:00+08:00");
		assertThat(reminder("2027-01-01", 0)).containsEntry("letterId", letter.get("id"));
		String article = "/articles/" + letter.get("articleId");
		assertThat(this.content.state(article)).isEqualTo("IN_REVIEW");
		publish(article);

		String campaign = campaignOf(letter);
		assertThat(this.content.get("/campaigns/" + campaign)).containsEntry("kind", "NOTICE")
			.containsEntry("state", "PLANNED")
			.containsEntry("sendAt", "2026-12-29T09:00:00+08:00");
		assertThat(ContentFixtures.problem(this.content.post("/campaigns/" + campaign + "/approval",
				this.sessions.staff(this.writerId, "APPROVER"), null), 409))
			.isEqualTo("own-campaign");
		ContentFixtures.ok(this.content.post("/campaigns/" + campaign + "/approval", this.approver, null), 200);
		assertThat(this.content.get("/campaigns/" + campaign)).containsEntry("state", "APPROVED");
		this.clock.setTo("2026-12-29T09:00:01");
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(this.content.get("/campaigns/" + campaign)).containsEntry("state", "COMPLETED"));
		assertThat((int) this.content.get("/campaigns/" + campaign).get("deliveries")).isPositive();
	}

	@Test
	void aReminderHasOneLetter() {
		Map<String, Object> reminder = reminder("2027-05-01", 0);
		Map<String, Object> letter = make(reminder);
		Map<String, Object> problem = ContentFixtures
			.ok(this.content.post("/reminders/letters", this.writer, request(reminder)), 409);
		assertThat(ContentFixtures.text(problem, "type")).endsWith("letter-exists");
		assertThat(problem).containsEntry("letterId", letter.get("id"));
		make(reminder("2027-05-01", 1));
	}

	@Test
	void aLetterWhoseHourHasPassedIsHeldForAPerson() {
		this.clock.setTo("2027-02-01T10:00");
		Map<String, Object> letter = make(reminder("2027-02-06", 0));
		assertThat(letter).containsEntry("state", "HELD");
		publish("/articles/" + letter.get("articleId"));
		String campaign = campaignOf(letter);
		assertThat(this.content.get("/campaigns/" + campaign)).containsEntry("state", "PLANNED");
		ContentFixtures.ok(this.content.post("/campaigns/" + campaign + "/approval", this.approver, null), 200);
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(this.content.get("/campaigns/" + campaign)).containsEntry("state", "COMPLETED"));
	}

	@Test
	void whatIsNoHolidayIsRefused() {
		Map<String, Object> reminder = reminder("2027-06-09", 0);
		for (String date : List.of("2027-06-10", "1900-06-09", "2300-01-01")) {
			Map<String, Object> problem = ContentFixtures.ok(
					this.content.post("/reminders/letters", this.writer,
							Map.of("ruleId", Objects.requireNonNull(reminder.get("ruleId")), "holidayDate", date)),
					422);
			assertThat(ContentFixtures.text(problem, "errors")).contains("holidayDate");
		}
		assertThat(ContentFixtures.problem(this.content.post("/reminders/letters", this.writer,
				Map.of("ruleId", UUID.randomUUID(), "holidayDate", "2027-06-09")), 404))
			.isEqualTo("not-found");
	}

	@Test
	void lettersAreListedNewestFirst() {
		Map<String, Object> letter = make(reminder("2027-10-01", 0));
		Map<String, Object> page = this.content.get("/reminders/letters?limit=1");
		assertThat(items(page)).singleElement().satisfies((one) -> assertThat(one).containsKey("dueAt"));
		assertThat(this.content.get("/reminders/letters/" + letter.get("id"))).isEqualTo(letter);
	}

	@Test
	void theRulesOfTheSeedsAreThere() {
		assertThat(items(this.content.get("/reminders/rules"))).hasSize(14)
			.allSatisfy((rule) -> assertThat(ContentFixtures.text(rule, "time")).matches("\\d{2}:\\d{2}"));
	}

	private Map<String, Object> make(Map<String, Object> reminder) {
		return ContentFixtures.ok(this.content.post("/reminders/letters", this.writer, request(reminder)), 201);
	}

	private static Map<String, Object> request(Map<String, Object> reminder) {
		return Map.of("ruleId", Objects.requireNonNull(reminder.get("ruleId")), "holidayDate",
				Objects.requireNonNull(reminder.get("holidayDate")));
	}

	/** The first or second send for the holiday on a day. */
	private Map<String, Object> reminder(String holidayDate, int send) {
		return items(this.content.get("/reminders/preview?from=2026-06-01&to=2027-12-31")).stream()
			.filter((one) -> holidayDate.equals(one.get("holidayDate")))
			.skip(send)
			.findFirst()
			.orElseThrow();
	}

	private void publish(String article) {
		for (int stage = 1; stage <= 3; stage++) {
			ContentFixtures.ok(this.content.review(article, stage, "approve"), 201);
		}
		ContentFixtures.ok(this.content.post(article + "/publication", this.content.publisher, null), 200);
	}

	private String campaignOf(Map<String, Object> letter) {
		return await().atMost(PATIENCE)
			.until(() -> ContentFixtures.text(this.content.get("/reminders/letters/" + letter.get("id")), "campaignId"),
					(id) -> !"null".equals(id));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> items(Map<String, Object> answer) {
		return (List<Map<String, Object>>) Objects.requireNonNull(answer.get("items"));
	}

}
