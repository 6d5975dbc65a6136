package cn.qingfeng.content.article;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.wechat.SandboxControl;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QingfengIT
class WechatPublicationIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private WechatProperties wechat;

	private ContentFixtures content;

	@BeforeEach
	void anEditorialOffice() {
		this.content = new ContentFixtures(this.client, this.sessions);
	}

	@AfterEach
	void allIsWellAgain() {
		this.sandbox.clearFaults();
		outcome("0");
		settings("delays", "PT0.3S");
	}

	@Test
	void whatIsPublishedOnThePublicAccountIsTakenBackByTheRecall() {
		String path = "/articles/" + this.content.published("清贫", "<p>清贫，洁白朴素的生活。</p>");
		assertThat(this.content.get(path)).containsEntry("wechat", null);
		assertThat(submit(path, 200)).containsEntry("state", "PUBLISHED");
		Map<String, Object> published = awaitState(path, "PUBLISHED");
		assertThat((List<?>) published.get("urls")).hasSize(1);
		assertThat(published).containsEntry("reason", null);
		assertThat(submit(path, 409)).containsEntry("type", "urn:qingfeng:problem:publication-exists");
		ContentFixtures.ok(this.content.post(path + "/recall", this.content.publisher, Map.of("reason", "内容有误")), 200);
		awaitState(path, "WITHDRAWN");
	}

	@Test
	void theEditorSeesWhyWechatRefused() {
		outcome("4");
		String path = "/articles/" + this.content.published("清贫", "<p>清贫，洁白朴素的生活。</p>");
		submit(path, 200);
		assertThat(awaitState(path, "REFUSED")).containsEntry("reason", "平台审核未通过");
	}

	@Test
	void theListShowsHowFarEachGot() {
		settings("delays", "PT60S");
		String path = "/articles/" + this.content.published("清贫", "<p>清贫，洁白朴素的生活。</p>");
		assertThat(listed(path)).containsEntry("wechat", null);
		submit(path, 200);
		awaitState(path, "SUBMITTED");
		assertThat(listed(path)).containsEntry("wechat", publication(path));
	}

	@Test
	void theEditorSeesThatNobodyKnowsWhetherItWasSubmitted() {
		fault("/cgi-bin/freepublish/submit", "errcodeAfterEffect", -1);
		String path = "/articles/" + this.content.published("清贫", "<p>清贫，洁白朴素的生活。</p>");
		submit(path, 200);
		assertThat(String.valueOf(awaitState(path, "DOUBTFUL").get("reason"))).contains("请到公众平台核对");
	}

	@Test
	void theEditorSeesThatARecalledArticleIsStillThere() {
		String path = "/articles/" + this.content.published("清贫", "<p>清贫，洁白朴素的生活。</p>");
		submit(path, 200);
		awaitState(path, "PUBLISHED");
		fault("/cgi-bin/freepublish/delete", "errcode", 50004);
		ContentFixtures.ok(this.content.post(path + "/recall", this.content.publisher, Map.of("reason", "内容有误")), 200);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(String.valueOf(publication(path).get("reason"))).contains("急用请到公众平台删除"));
		assertThat(publication(path)).containsEntry("state", "WITHDRAWING");
	}

	@Test
	void onlyWhatMembersCanReadGoesToThePublicAccountAndOnlyByAPublisher() {
		String path = "/articles/" + this.content.article("草稿", "<p>x</p>");
		assertThat(submit(path, 409)).containsEntry("type", "urn:qingfeng:problem:article-state");
		this.content.post(path + "/wechat-publication", this.content.author, null).expectStatus().isForbidden();
	}

	private Map<String, Object> submit(String path, int status) {
		return ContentFixtures.ok(this.content.post(path + "/wechat-publication", this.content.publisher, null),
				status);
	}

	private Map<String, Object> awaitState(String path, String state) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(publication(path)).containsEntry("state", state));
		return publication(path);
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> publication(String path) {
		return (Map<String, Object>) Objects.requireNonNull(this.content.get(path).get("wechat"));
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> listed(String path) {
		List<Map<String, Object>> items = (List<Map<String, Object>>) this.content
			.get("/articles?state=PUBLISHED&limit=20")
			.get("items");
		return items.stream()
			.filter((article) -> path.endsWith(article.get("id").toString()))
			.findFirst()
			.orElseThrow();
	}

	private void fault(String path, String kind, int value) {
		new SandboxControl(this.sandbox).fault(path, kind, value, 1);
	}

	private void outcome(String status) {
		settings("outcomes", status);
	}

	private void settings(String group, String value) {
		this.sandbox.apps()
			.change(this.wechat.mp().appId(), new JsonMapper().valueToTree(Map.of(group, Map.of("publish", value))));
	}

}
