package cn.qingfeng.member.privacy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import cn.qingfeng.quiz.QuizFixtures;
import cn.qingfeng.volunteer.VolunteerFixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class OwnDataIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	@Autowired
	private PersonalData personalData;

	private Person one = new Person(new TestMember(new UUID(0, 0), "", "", ""), new UUID(0, 0), "", "", (headers) -> {
	});

	private Person other = this.one;

	private String event = "";

	@BeforeEach
	void twoMembersWhoDidEverything() {
		this.one = person();
		this.other = person();
		ContentFixtures content = new ContentFixtures(this.client, this.sessions);
		QuizFixtures quizzes = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		VolunteerFixtures volunteers = new VolunteerFixtures(this.client, this.sessions, this.clock);
		String article = content.published("同一篇文章", "<p>x</p>");
		UUID quiz = quizzes.published(quizzes.draft(quizzes.bank(5, "own"), 3));
		this.event = volunteers.event(1, this.clock.instant().plus(Duration.ofDays(2)),
				this.clock.instant().plus(Duration.ofDays(3)));
		for (Person person : List.of(this.one, this.other)) {
			send(HttpMethod.PUT, "/articles/" + article + "/favourite", person, null);
			send(HttpMethod.PUT, "/articles/" + article + "/position", person, Map.of("paragraph", 3));
			send(HttpMethod.POST, "/quizzes/" + quiz + "/attempts", person, Map.of());
			send(HttpMethod.PUT, "/events/" + this.event + "/registration", person, null);
			send(HttpMethod.POST, "/feedback", person, Map.of("kind", "SUGGESTION", "text", person.secret()));
			send(HttpMethod.PUT, "/me/privacy-consent", person, Map.of("version", "2026-11"));
			inbox(person);
		}
	}

	@Test
	void theCopyHoldsEverythingAboutOneselfAndNothingOfAnother() {
		String copy = body(HttpMethod.GET, "/me/export", this.one);
		assertThat(copy)
			.contains(this.one.member().name(), this.one.member().phone(), this.one.member().number(),
					this.one.secret(), "openid-" + this.one.accountId(), "2026-11", "同一篇文章", "CONFIRMED",
					this.one.notice(), "\"attempts\":[{", "\"textSize\"")
			.doesNotContain(this.other.member().name(), this.other.member().phone(), this.other.secret(),
					this.other.notice(), this.other.accountId().toString(), this.other.member().id().toString());
		for (String section : List.of("member", "messages", "quiz", "reading", "volunteer")) {
			assertThat(copy).contains("\"" + section + "\":{");
		}
	}

	@Test
	void noTableHoldsAPhoneNumberInClear() {
		assertThat(tablesWith(this.one.member().name())).contains("member");
		assertThat(tablesWith(this.one.member().phone())).isEmpty();
	}

	@Test
	void whoErasesThemselvesIsFoundNowhereAnyMore() {
		send(HttpMethod.DELETE, "/me", this.one, null);
		for (String seed : List.of(this.one.member().name(), this.one.member().phone(), this.one.member().number(),
				this.one.secret(), "openid-" + this.one.accountId(), this.one.accountId().toString())) {
			assertThat(tablesWith(seed)).as(seed).isEmpty();
		}
		assertThat(tablesWith(this.other.secret())).contains("feedback");
	}

	@Test
	void anIdentityNumberIsInTheCopyAndGoneWithTheMember() {
		IdNumber number = new IdNumber("370285198001010011");
		UUID member = this.one.member().id();
		SealedText sealed = number.seal(this.personalData, member);
		this.database
			.sql("""
					UPDATE member SET id_cipher = :cipher, id_key = :key, id_index = :index, id_masked = :masked WHERE id = :id
					""")
			.bind("cipher", sealed.bytes())
			.bind("key", sealed.keyId())
			.bind("index", number.index(this.personalData))
			.bind("masked", number.masked())
			.bind("id", member)
			.then()
			.block(TIMEOUT);
		assertThat(tablesWith(number.digits())).isEmpty();
		assertThat(body(HttpMethod.GET, "/me/export", this.one)).contains("\"idNumber\":\"370285198001010011\"");
		send(HttpMethod.DELETE, "/me", this.one, null);
		Long left = this.database.sql("SELECT count(*) FROM member WHERE id_index = :index")
			.bind("index", number.index(this.personalData))
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT);
		assertThat(left).isZero();
	}

	@Test
	void statisticsStayWhatTheyWereUnderAnIdThatLeadsToNobody() {
		long attempts = attempts(this.one);
		send(HttpMethod.DELETE, "/me", this.one, null);
		assertThat(attempts).isEqualTo(1);
		assertThat(attempts(this.one)).isEqualTo(1);
		List<String> trail = this.database.sql("SELECT action FROM audit_entry WHERE subject = :id")
			.bind("id", this.one.member().id().toString())
			.mapValue(String.class)
			.all()
			.collectList()
			.block(TIMEOUT);
		assertThat(trail).contains("member.erase");
	}

	@Test
	void aPlaceAtAnEventToComeGoesToWhoeverWaits() {
		assertThat(state(this.other)).isEqualTo("WAITLISTED");
		send(HttpMethod.DELETE, "/me", this.one, null);
		assertThat(state(this.other)).isEqualTo("CONFIRMED");
	}

	@Test
	void theSessionsOfWhoWasErasedEnd() {
		send(HttpMethod.DELETE, "/me", this.one, null);
		Long left = this.database.sql("SELECT count(*) FROM member_session WHERE account_id = :id")
			.bind("id", this.one.accountId())
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT);
		assertThat(left).isZero();
	}

	private Person person() {
		TestMember member = this.members.add("甲" + UUID.randomUUID());
		UUID account = UUID.randomUUID();
		this.database.sql("""
				WITH account AS (
					INSERT INTO wechat_account (id, appid, openid, member_id, bound_at, follows, text_size, created_at)
					VALUES (:id, 'wx-own', :openid, :member, now(), true, 'large', now()) RETURNING id)
				INSERT INTO member_session (id, token_digest, account_id, created_at, last_used_at, expires_at)
				SELECT :id, :digest, id, now(), now(), now() + interval '1 day' FROM account
				""")
			.bind("id", account)
			.bind("openid", "openid-" + account)
			.bind("member", member.id())
			.bind("digest", account.toString().getBytes(StandardCharsets.US_ASCII))
			.then()
			.block(TIMEOUT);
		return new Person(member, account, "秘密" + UUID.randomUUID(), "通知" + UUID.randomUUID(),
				this.sessions.member(account, member.id()));
	}

	private void inbox(Person person) {
		this.database
			.sql("""
					WITH made AS (
						INSERT INTO campaign (id, kind, title, summary, link, message, state, send_at, author_id, created_at, version)
						VALUES (:id, 'NOTICE', :title, '', '/m/', '{}', 'COMPLETED', now(), :id, now(), 0) RETURNING id),
					sent AS (
						INSERT INTO delivery (id, campaign_id, member_id, channel, openid, state)
						SELECT :id, id, :member, 'TEMPLATE_MESSAGE', :openid, 'DELIVERED' FROM made)
					INSERT INTO inbox_message (id, member_id, campaign_id, sent_at) SELECT :id, :member, id, now() FROM made
					""")
			.bind("id", UUID.randomUUID())
			.bind("title", person.notice())
			.bind("member", person.member().id())
			.bind("openid", "openid-" + person.accountId())
			.then()
			.block(TIMEOUT);
	}

	private long attempts(Person person) {
		return Objects.requireNonNull(this.database.sql("SELECT count(*) FROM quiz_attempts WHERE member_id = :id")
			.bind("id", person.member().id())
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT));
	}

	private String state(Person person) {
		return Objects.requireNonNull(
				this.database.sql("SELECT state FROM registration WHERE event_id = :event AND member_id = :member")
					.bind("event", UUID.fromString(this.event))
					.bind("member", person.member().id())
					.mapValue(String.class)
					.one()
					.block(TIMEOUT));
	}

	/** Which tables hold a text, in whatever column. */
	private List<String> tablesWith(String seed) {
		List<String> tables = Objects.requireNonNull(this.database
			.sql("SELECT tablename FROM pg_tables WHERE schemaname = :schema AND tablename <> 'flyway_schema_history'")
			.bind("schema", "public")
			.mapValue(String.class)
			.all()
			.collectList()
			.block(TIMEOUT));
		return tables.stream().filter((table) -> holds(table, seed)).toList();
	}

	private boolean holds(String table, String seed) {
		return Boolean.TRUE.equals(
				this.database.sql("SELECT EXISTS (SELECT 1 FROM " + table + " t WHERE position(:seed IN t::text) > 0)")
					.bind("seed", seed)
					.mapValue(Boolean.class)
					.one()
					.block(TIMEOUT));
	}

	private void send(HttpMethod method, String path, Person person, @Nullable Object body) {
		request(method, path, person, body).expectStatus().is2xxSuccessful().expectBody().returnResult();
	}

	private String body(HttpMethod method, String path, Person person) {
		return Objects.requireNonNull(request(method, path, person, null).expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	private WebTestClient.ResponseSpec request(HttpMethod method, String path, Person person, @Nullable Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(method)
			.uri("/api/v1" + path)
			.headers(person.headers());
		return (body != null) ? request.bodyValue(body).exchange() : request.exchange();
	}

	private record Person(TestMember member, UUID accountId, String secret, String notice,
			Consumer<HttpHeaders> headers) {

	}

}
