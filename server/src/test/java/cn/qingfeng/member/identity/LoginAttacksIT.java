package cn.qingfeng.member.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logging in with what WeChat gave to somebody else, for something else, or long ago.
 */
@QingfengIT
class LoginAttacksIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@LocalServerPort
	private int port;

	private Phones phones;

	private TestMember member;

	private String person;

	@BeforeEach
	void somebody() {
		this.phones = new Phones(this.client, this.sandbox);
		this.member = this.members.add("被冒充");
		this.person = this.phones.person(this.member);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void aCodeIsNotGoodAgainAndNotForAnotherUse() {
		String code = this.sandbox.people().wxLogin(this.person);
		this.phones.logInWith(code).expectStatus().isCreated();
		codeRefused(code);
		codeRefused(this.sandbox.people().phoneCode(this.person));
		codeRefused(this.phones.consent(this.person, "/m/").code());
		Phones.Consent consent = this.phones.consent(this.person, "/m/");
		this.phones.comeBack(this.sandbox.people().wxLogin(this.person), consent.state(), consent.cookie())
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.doesNotExist(HttpHeaders.SET_COOKIE);
	}

	@Test
	void aCodeOfFiveMinutesAgoIsTooOld() {
		String code = this.sandbox.people().wxLogin(this.person);
		this.clock.advance(Duration.ofMinutes(6));
		codeRefused(code);
	}

	@Test
	void aCodeThatAnotherMiniProgramGotIsRefused() {
		try (Sandbox another = Sandbox.start(SandboxOptions.usual())) {
			String person = another.people().add(this.member.name(), this.member.phone()).id();
			codeRefused(another.people().wxLogin(person));
		}
	}

	/** What the client could make up with a stolen session key is not even asked for. */
	@ParameterizedTest
	@ValueSource(strings = { "encryptedData", "iv", "rawData", "signature", "session_key", "openid", "unionid" })
	void whatAClientSaysAboutItselfIsRefused(String field) {
		Map<String, String> request = new HashMap<>(Map.of("code", this.sandbox.people().wxLogin(this.person)));
		request.put(field, "o-of-somebody-else");
		this.client.post().uri("/api/v1/sessions").bodyValue(request).exchange().expectStatus().isEqualTo(422);
		Map<String, String> binding = new HashMap<>(
				Map.of("name", this.member.name(), "phoneCode", this.sandbox.people().phoneCode(this.person)));
		binding.put(field, "o-of-somebody-else");
		this.phones.bind(this.phones.logIn(this.person), binding).expectStatus().isEqualTo(422);
	}

	@Test
	void theSessionKeyIsNeitherAnsweredNorKept() {
		Map<?, ?> session = this.phones.session(this.person);
		assertThat(session.keySet().stream().map(String::valueOf)).containsExactlyInAnyOrder("token", "expiresAt",
				"member");
		List<String> columns = Objects.requireNonNull(this.database
			.sql("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE column_name LIKE :like")
			.bind("like", "%session_key%")
			.mapValue(String.class)
			.all()
			.collectList()
			.block(TIMEOUT));
		assertThat(columns).isEmpty();
	}

	@Test
	void thePhoneNumberOfAnotherPersonNeedsACodeOfTheirs() {
		String thief = this.sandbox.people().add("小偷", "138" + this.member.phone().substring(3)).id();
		String token = this.phones.logIn(thief);
		this.phones.bindByPhone(token, thief, this.member.name()).expectStatus().isNotFound();
		String used = this.sandbox.people().phoneCode(this.person);
		String owner = this.phones.logIn(this.person);
		this.phones.bind(owner, Map.of("name", this.member.name(), "phoneCode", used)).expectStatus().isOk();
		this.phones.bind(token, Map.of("name", this.member.name(), "phoneCode", used)).expectStatus().isEqualTo(422);
		this.phones.bind(token, Map.of("name", this.member.name(), "phoneCode", this.sandbox.people().wxLogin(thief)))
			.expectStatus()
			.isEqualTo(422);
	}

	@Test
	void withoutAStateOrWithThatOfAnotherBrowserNobodyComesIn() {
		Phones.Consent mine = this.phones.consent(this.person, "/m/");
		Phones.Consent theirs = this.phones.consent(this.person, "/m/");
		for (String state : List.of("", "0", "x".repeat(75), theirs.state(), mine.state().toUpperCase(Locale.ROOT),
				mine.state().substring(1), mine.state() + mine.state(), "0".repeat(75))) {
			assertThat(comeBack(mine.code(), state, mine.cookie().getValue())).as(state).isIn(400, 422);
		}
		for (String cookie : List.of("", ".", "x", "x.y", theirs.cookie().getValue(), mine.cookie().getValue() + "x",
				mine.cookie().getValue().replaceFirst("\\..*", ".Ly9ldmlsLmV4YW1wbGU"))) {
			assertThat(comeBack(mine.code(), mine.state(), cookie)).as(cookie).isIn(400, 422);
		}
		assertThat(comeBack(mine.code(), mine.state(), mine.cookie().getValue())).isEqualTo(302);
		assertThat(comeBack(mine.code(), mine.state(), mine.cookie().getValue())).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "http:evil.example", "//evil.example", "///evil.example",
			"/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "/%09/evil.example",
			"/m/%0d%0aSet-Cookie:a=b", "/m/\r\nLocation: https://evil.example", "javascript:alert(1)",
			"data:text/html,x", "/m/@evil.example//", "/m/..//evil.example", "/m/../../evil", "evil.example", "m/",
			" /m/", "/\u2215evil.example", "/。。/evil", "/m/?next=//evil.example&x=\\", "?return=//evil.example" })
	void aWayBackLeadsToOurOwnPagesOnly(String target) {
		HttpHeaders headers = WebTestClient.bindToServer()
			.build()
			.get()
			.uri(URI.create("http://127.0.0.1:" + this.port + "/api/v1/oauth/authorize?return="
					+ UriUtils.encode(target, StandardCharsets.UTF_8)))
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseHeaders();
		Optional<String> cookie = Optional.ofNullable(headers.getFirst(HttpHeaders.SET_COOKIE));
		if (cookie.isPresent()) {
			assertThat(wayBack(cookie.get())).matches("/[^/].*|/").doesNotContain("\\", "\r", "\n", "\t", "..", "//");
		}
	}

	/** In the cookie, after the dot. */
	private static String wayBack(String cookie) {
		String encoded = cookie.replaceFirst("^[^.]*\\.", "").replaceFirst(";.*", "");
		return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
	}

	private int comeBack(String code, String state, String cookie) {
		return this.phones.comeBack(code, state, ResponseCookie.from("qf_oauth", cookie).build())
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
	}

	private void codeRefused(String code) {
		this.phones.logInWith(code)
			.expectStatus()
			.isUnauthorized()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:wechat-code-refused");
	}

}
