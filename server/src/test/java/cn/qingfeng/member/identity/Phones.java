package cn.qingfeng.member.identity;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.local.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What people do with their phones in tests.
 */
public record Phones(WebTestClient client, Sandbox sandbox) {

	/** A person in the sandbox with this member's number. */
	public String person(TestMember member) {
		return this.sandbox.people().add(member.name(), member.phone()).id();
	}

	/** The token of a log-in in the mini-program. */
	public String logIn(String person) {
		return String.valueOf(session(person).get("token"));
	}

	public Map<?, ?> session(String person) {
		return Objects.requireNonNull(logInWith(this.sandbox.people().wxLogin(person)).expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

	public WebTestClient.ResponseSpec logInWith(String code) {
		return this.client.post().uri("/api/v1/sessions").bodyValue(Map.of("code", code)).exchange();
	}

	public WebTestClient.ResponseSpec bindByPhone(String token, String person, String name) {
		return bind(token, Map.of("name", name, "phoneCode", this.sandbox.people().phoneCode(person)));
	}

	public WebTestClient.ResponseSpec bind(String token, Map<String, ?> request) {
		return this.client.put()
			.uri("/api/v1/me/binding")
			.headers((headers) -> headers.setBearerAuth(token))
			.bodyValue(request)
			.exchange();
	}

	public WebTestClient.ResponseSpec me(String token) {
		return this.client.get().uri("/api/v1/me").headers((headers) -> headers.setBearerAuth(token)).exchange();
	}

	/** Goes to the consent page and back with its code. */
	public Consent consent(String person, String back) {
		EntityExchangeResult<Void> begun = this.client.get()
			.uri("/api/v1/oauth/authorize?return={back}", back)
			.exchange()
			.expectStatus()
			.isFound()
			.expectBody()
			.isEmpty();
		ResponseCookie cookie = Objects.requireNonNull(begun.getResponseCookies().getFirst("qf_oauth"));
		URI page = Objects.requireNonNull(begun.getResponseHeaders().getLocation());
		URI redirect = Objects.requireNonNull(WebTestClient.bindToServer()
			.build()
			.get()
			.uri(page)
			.header("X-Sandbox-User", person)
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getLocation());
		UriComponents query = UriComponentsBuilder.fromUri(redirect).build();
		return new Consent(String.valueOf(query.getQueryParams().getFirst("code")),
				String.valueOf(query.getQueryParams().getFirst("state")), cookie);
	}

	public WebTestClient.ResponseSpec comeBack(String code, String state, @Nullable ResponseCookie cookie) {
		return this.client.get()
			.uri("/api/v1/oauth/callback?code={code}&state={state}", code, state)
			.headers((headers) -> Optional.ofNullable(cookie)
				.ifPresent((held) -> headers.add(HttpHeaders.COOKIE, held.getName() + "=" + held.getValue())))
			.exchange();
	}

	/**
	 * A browser on its way back.
	 */
	public record Consent(String code, String state, ResponseCookie cookie) {

	}

}
