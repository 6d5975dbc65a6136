package cn.qingfeng.content.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import cn.qingfeng.staff.Role;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who holds every role there is writes a text, and asks for everything in every
 * state of it: without others it does not come out. And every single role asks for
 * everything that it is not there for.
 */
@QingfengIT
class FourEyesIT {

	private static final List<String> STATES = List.of("DRAFT", "SUBMITTED", "FIRST_SIGNED", "SECOND_SIGNED",
			"APPROVED", "PUBLISHED");

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	private ContentFixtures content;

	private Consumer<HttpHeaders> everything;

	@BeforeEach
	void somebodyWithAllRoles() {
		this.content = new ContentFixtures(this.client, this.sessions);
		this.everything = this.sessions.staff(UUID.randomUUID(),
				Arrays.stream(Role.values()).map(Role::name).toArray(String[]::new));
	}

	@Test
	void whoWroteItSignsNoStageInAnyStateAndPublishesNothingUnsigned() {
		SoftAssertions softly = new SoftAssertions();
		for (String state : STATES) {
			String path = ownArticleIn(state);
			for (int stage = 1; stage <= 3; stage++) {
				softly
					.assertThat(status(
							this.content.review(path, stage, "approve", this.content.hash(path), this.everything)))
					.as("author signs stage %d of %s", stage, state)
					.isIn(403, 409);
			}
			if (!List.of("APPROVED", "PUBLISHED").contains(state)) {
				softly.assertThat(status(this.content.post(path + "/publication", this.everything, null)))
					.as("publishes %s", state)
					.isEqualTo(409);
				softly.assertThat(status(this.client.get().uri("/api/v1" + path).exchange())).as(state).isEqualTo(404);
			}
		}
		softly.assertAll();
	}

	@Test
	void whoSignedCannotChangeTheTextAndKeepTheSignatures() {
		String path = ownArticleIn("APPROVED");
		String etag = "\"" + this.content.get(path).get("version") + "\"";
		ContentFixtures.ok(this.content.put(path, this.everything, etag, ContentFixtures.draft("改过", "<p>改过</p>")),
				200);
		assertThat(status(this.content.post(path + "/publication", this.content.publisher, null))).isEqualTo(409);
		assertThat(this.content.get(path + "/review-chain")).containsEntry("complete", false);
	}

	@Test
	void eachRoleAloneDoesNothingThatItIsNotThereFor() {
		Map<String, List<String>> allowed = Map.of("submission", List.of("AUTHOR", "PUBLISHER", "ADMIN"), "reviews/1",
				List.of("REVIEWER_1"), "reviews/2", List.of("REVIEWER_2"), "reviews/3", List.of("REVIEWER_3"),
				"publication", List.of("PUBLISHER"), "recall", List.of("PUBLISHER", "ADMIN"));
		SoftAssertions softly = new SoftAssertions();
		String path = ownArticleIn("SUBMITTED");
		for (Map.Entry<String, List<String>> action : allowed.entrySet()) {
			for (String role : refused(action.getValue())) {
				softly.assertThat(status(act(path, action.getKey(), this.sessions.staff(role))))
					.as("%s as %s", action.getKey(), role)
					.isEqualTo(403);
			}
		}
		softly.assertAll();
		assertThat(this.content.state(path)).isEqualTo("IN_REVIEW");
	}

	private WebTestClient.ResponseSpec act(String path, String action, Consumer<HttpHeaders> who) {
		if (action.startsWith("reviews/")) {
			return this.content.review(path, Integer.parseInt(action.substring(8)), "approve", this.content.hash(path),
					who);
		}
		return this.content.post(path + "/" + action, who, "recall".equals(action) ? Map.of("reason", "试一试") : null);
	}

	private static List<String> refused(List<String> allowed) {
		List<String> roles = new ArrayList<>(Arrays.stream(Role.values()).map(Role::name).toList());
		roles.removeAll(allowed);
		return roles;
	}

	private String ownArticleIn(String state) {
		int reached = STATES.indexOf(state);
		String path = "/articles/" + ContentFixtures.text(
				ContentFixtures
					.ok(this.content.post("/articles", this.everything, ContentFixtures.draft("自己的", "<p>x</p>")), 201),
				"id");
		if (reached >= 1) {
			ContentFixtures.ok(this.content.post(path + "/submission", this.everything, null), 200);
		}
		for (int stage = 1; stage <= 3 && stage + 1 <= reached; stage++) {
			ContentFixtures.ok(this.content.review(path, stage, "approve"), 201);
		}
		if (reached >= 5) {
			ContentFixtures.ok(this.content.post(path + "/publication", this.content.publisher, null), 200);
		}
		return path;
	}

	private static int status(WebTestClient.ResponseSpec response) {
		EntityExchangeResult<byte[]> result = response.expectBody().returnResult();
		return result.getStatus().value();
	}

}
