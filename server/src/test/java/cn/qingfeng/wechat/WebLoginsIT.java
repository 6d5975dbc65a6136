package cn.qingfeng.wechat;

import java.time.Duration;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
@Import(RecordedEvents.class)
class WebLoginsIT {

	@Autowired
	private WebLogins logins;

	@Autowired
	private TestClock clock;

	@AfterEach
	void now() {
		this.clock.reset();
	}

	@Test
	void theBrowserThatLeftComesBackWhereItWanted() {
		WebLogins.Departure departure = this.logins.begin("/m/#/pages/quiz?id=1").orElseThrow();
		assertThat(departure.location().toString()).contains("/connect/oauth2/authorize?", "scope=snsapi_base",
				"redirect_uri=http%3A%2F%2F127.0.0.1%2Fapi%2Fv1%2Foauth%2Fcallback");
		assertThat(state(departure)).matches("[0-9A-Za-z]{1,128}");
		assertThat(departure.cookie().isHttpOnly()).isTrue();
		assertThat(this.logins.returnPath(state(departure), departure.cookie().getValue()))
			.contains("/m/#/pages/quiz?id=1");
	}

	@Test
	void anotherBrowserCannotUseTheState() {
		WebLogins.Departure mine = this.logins.begin("").orElseThrow();
		WebLogins.Departure theirs = this.logins.begin("").orElseThrow();
		assertThat(this.logins.returnPath(state(mine), theirs.cookie().getValue())).isEmpty();
		assertThat(this.logins.returnPath(state(mine), "")).isEmpty();
		assertThat(this.logins.returnPath("", mine.cookie().getValue())).isEmpty();
	}

	@Test
	void aChangedReturnPathIsNotTaken() {
		WebLogins.Departure departure = this.logins.begin("/m/").orElseThrow();
		String forged = departure.cookie().getValue().split("\\.")[0] + ".L2V2aWw";
		assertThat(this.logins.returnPath(state(departure), forged)).isEmpty();
	}

	@Test
	void aStateEndsAfterTenMinutes() {
		WebLogins.Departure departure = this.logins.begin("/m/").orElseThrow();
		this.clock.advance(Duration.ofMinutes(11));
		assertThat(this.logins.returnPath(state(departure), departure.cookie().getValue())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/", "http:evil.example", "//evil.example/", "///evil.example",
			"/\\evil.example/", "\\\\evil.example", "/\\/evil.example", "%2f%2fevil.example", "/%2fevil.example",
			"/%2F%2Fevil.example", "/%5cevil.example", "/..//evil.example", "/.//evil.example", "/../evil", "/m/..",
			"/m/../../evil", "/%2e%2e/evil", "/m//evil.example", "m/", "/m/\r\nSet-Cookie: a=b",
			"/m/%0d%0aSet-Cookie:a", "/m/\t", "/\t/evil.example", "/m/\u0000", "javascript:alert(1)",
			"/javascript:alert(1)", "data:text/html,x", "/清风", "/\uff0fevil.example", "\u2215\u2215evil.example",
			"/\u3002evil", "/@evil.example", "/:80/evil", "/;@evil", " /m/", "/m/ " })
	void onlyOwnPathsAreReturnedTo(String path) {
		assertThat(this.logins.begin(path)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/m/", "/m/#/pages/quiz/index?id=0198-a&x=%E6%B8%85", "/m/?column=a&b=//c",
			"/a/0198abc", "/m/assets/a.b.js" })
	void everyOwnPathIsReturnedTo(String path) {
		WebLogins.Departure departure = this.logins.begin(path).orElseThrow();
		assertThat(this.logins.returnPath(state(departure), departure.cookie().getValue())).contains(path);
	}

	@Test
	void aPathWithoutEndIsNoPath() {
		assertThat(this.logins.begin("/" + "a".repeat(1_024))).isEmpty();
	}

	private static String state(WebLogins.Departure departure) {
		return UriComponentsBuilder.fromUri(departure.location()).build().getQueryParams().getFirst("state");
	}

}
