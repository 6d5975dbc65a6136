package cn.qingfeng.push.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.CampaignMessage.ArticleCard;
import cn.qingfeng.push.Publication;
import cn.qingfeng.push.Publication.State;
import cn.qingfeng.push.Publications;
import cn.qingfeng.wechat.SandboxControl;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent.PublicationFinished;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@QingfengIT
class PublicationIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String SUBMIT = "/cgi-bin/freepublish/submit";

	private static final String GET = "/cgi-bin/freepublish/get";

	private static final String EVENT = "callback/PUBLISHJOBFINISH";

	@Autowired
	private Publications publications;

	@Autowired
	private PublicationReceipts receipts;

	@Autowired
	private Transactions transactions;

	@Autowired
	private WechatProperties wechat;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestClock clock;

	@Autowired
	private DatabaseClient database;

	private final UUID subject = UUID.randomUUID();

	@AfterEach
	void allIsWellAgain() {
		this.clock.reset();
		this.sandbox.clearFaults();
		settings("outcomes", "publish", "0");
		settings("delays", "publish", "PT0.3S");
	}

	@Test
	void anArticleIsPublishedOnceOpensAndIsGoneWhenItIsTakenBack() {
		long before = this.sandbox.calls(SUBMIT);
		publish();
		assertThatExceptionOfType(PublicationExistsProblem.class).isThrownBy(this::publish);
		Publication published = awaitState(State.PUBLISHED);
		assertThat(published.reason()).isNull();
		assertThat(page(published)).contains("清贫，洁白朴素的生活");
		assertThatExceptionOfType(PublicationExistsProblem.class).isThrownBy(this::publish);
		assertThat(this.sandbox.calls(SUBMIT) - before).isEqualTo(1);
		withdraw();
		assertThat(awaitState(State.WITHDRAWN).urls()).isEqualTo(published.urls());
		assertThat(page(published)).doesNotContain("清贫，洁白朴素的生活");
	}

	@ParameterizedTest
	@CsvSource({ "2, 原创校验未通过", "3, 微信发布失败", "4, 平台审核未通过" })
	void whatWechatRefusesIsSaidAndMayBeTriedAgain(String outcome, String reason) {
		settings("outcomes", "publish", outcome);
		publish();
		assertThat(awaitState(State.REFUSED).reason()).isEqualTo(reason);
		settings("outcomes", "publish", "0");
		publish();
		assertThat(awaitState(State.PUBLISHED).reason()).isNull();
	}

	@Test
	void anArticleThatWechatDoesNotTakeGoesBackToTheEditor() {
		this.transactions
			.inTransaction(this.publications.publish(this.subject,
					new ArticleCard("标题".repeat(40), null, "", "<p>正文</p>", "/m/")))
			.block(PATIENCE);
		assertThat(awaitState(State.REFUSED).reason()).contains("45003");
	}

	@Test
	void aLostAnswerIsInDoubtAndNotRepeated() {
		long before = this.sandbox.calls(SUBMIT);
		fault(SUBMIT, "timeoutAfterEffect", 60_000, 1);
		publish();
		assertThat(awaitState(State.DOUBTFUL).reason()).contains("请到公众平台核对");
		assertThat(this.sandbox.calls(SUBMIT) - before).isEqualTo(1);
		publish();
		awaitState(State.PUBLISHED);
	}

	@Test
	void whatADeadNodeHadBegunToSubmitIsInDoubt() {
		settings("delays", "publish", "PT60S");
		publish();
		awaitState(State.SUBMITTED);
		update("state = 'SUBMITTING', submit_tried = true, publish_id = NULL, due_at = now()");
		awaitState(State.DOUBTFUL);
	}

	@Test
	void aVerdictThatOvertakesTheAnswerIsKept() {
		fault(SUBMIT, "latency", 2_500, 1);
		publish();
		assertThat(awaitState(State.PUBLISHED).urls()).hasSize(1);
	}

	@Test
	void withoutTheEventWechatIsAsked() {
		fault(EVENT, "drop", 0, 1);
		publish();
		awaitState(State.SUBMITTED);
		await().atMost(PATIENCE).until(() -> this.sandbox.pendingCallbacks() == 0);
		update("due_at = now()");
		assertThat(awaitState(State.PUBLISHED).urls()).hasSize(1);
	}

	@Test
	void withoutQuotaToAskTheEventStillSettles() {
		settings("delays", "publish", "PT5S");
		fault(GET, "errcode", 45009, 1_000);
		publish();
		awaitState(State.SUBMITTED);
		update("due_at = now()");
		await().atMost(PATIENCE).until(() -> number("polls") == 1);
		assertThat(awaitState(State.PUBLISHED).urls()).hasSize(1);
	}

	@Test
	void whatWechatNeverDecidesIsLeftToAPerson() {
		settings("delays", "publish", "PT60S");
		publish();
		awaitState(State.SUBMITTED);
		update("polls = 5, due_at = now()");
		assertThat(awaitState(State.DOUBTFUL).reason()).contains("一天内没有回执");
	}

	@ParameterizedTest
	@CsvSource({ "5, 已在公众平台删除", "6, 已被微信平台下架" })
	void whatIsTakenDownLaterIsSaid(int status, String reason) {
		publish();
		awaitState(State.PUBLISHED);
		String publishId = text("publish_id");
		PublicationFinished banned = new PublicationFinished(WechatAccount.MP, Instant.now(), publishId, status, null,
				List.of());
		this.receipts.handle(banned).then(this.receipts.handle(banned)).block(PATIENCE);
		assertThat(awaitState(State.WITHDRAWN).reason()).isEqualTo(reason);
	}

	@Test
	void whatIsUnwantedBeforeItWasSubmittedNeverIs() {
		long before = this.sandbox.calls(SUBMIT);
		this.transactions
			.inTransaction(this.publications.publish(this.subject, card())
				.then(Mono.defer(() -> this.publications.withdraw(this.subject))))
			.block(PATIENCE);
		awaitState(State.WITHDRAWN);
		assertThat(this.sandbox.calls(SUBMIT)).isEqualTo(before);
	}

	@Test
	void whatIsUnwantedWhileWechatAuditsItIsTakenBackOnceItIsPublished() {
		settings("delays", "publish", "PT2S");
		publish();
		awaitState(State.SUBMITTED);
		withdraw();
		assertThat(publication().state()).isIn(State.WITHDRAWING, State.WITHDRAWN);
		assertThat(page(awaitState(State.WITHDRAWN))).doesNotContain("清贫，洁白朴素的生活");
	}

	/** On a day of its own, as the whole account waits for the next. */
	@Test
	void aDayWithoutQuotaIsSaidAndWaitedFor() {
		this.clock.setTo("2027-09-01T09:00");
		settings("delays", "publish", "PT60S");
		fault(SUBMIT, "errcode", 45028, 1);
		publish();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(String.valueOf(publication().reason())).contains("今日发布额度已用完"));
		assertThat(publication().state()).isEqualTo(State.SUBMITTING);
		this.clock.setTo("2027-09-02T00:00");
		update("due_at = now()");
		assertThat(awaitState(State.SUBMITTED).reason()).isNull();
	}

	@Test
	void aRefusedTakingBackIsSaidAndTriedAgain() {
		publish();
		awaitState(State.PUBLISHED);
		fault("/cgi-bin/freepublish/delete", "errcode", 50004, 1);
		withdraw();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(String.valueOf(publication().reason())).contains("50004"));
		assertThat(publication().state()).isEqualTo(State.WITHDRAWING);
		update("due_at = now()");
		awaitState(State.WITHDRAWN);
	}

	private static ArticleCard card() {
		return new ArticleCard("清贫", null, "摘要", "<p>清贫，洁白朴素的生活。</p>", "/m/#/pages/article/index");
	}

	private void publish() {
		this.transactions.inTransaction(this.publications.publish(this.subject, card())).block(PATIENCE);
	}

	private void withdraw() {
		this.transactions.inTransaction(this.publications.withdraw(this.subject)).block(PATIENCE);
	}

	private Publication awaitState(State state) {
		await().atMost(PATIENCE).until(() -> publication().state(), state::equals);
		return publication();
	}

	private Publication publication() {
		return Objects.requireNonNull(
				this.publications.find(List.of(this.subject)).blockOptional(PATIENCE).orElseThrow().get(this.subject));
	}

	private String page(Publication publication) {
		return String.valueOf(WebTestClient.bindToServer()
			.baseUrl(publication.urls().getFirst())
			.build()
			.get()
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	private void fault(String path, String kind, int value, int next) {
		new SandboxControl(this.sandbox).fault(path, kind, value, next);
	}

	private void settings(String group, String name, String value) {
		this.sandbox.apps()
			.change(this.wechat.mp().appId(), new JsonMapper().valueToTree(Map.of(group, Map.of(name, value))));
	}

	private void update(String assignments) {
		this.database.sql("UPDATE wechat_publication SET %s WHERE subject = :subject".formatted(assignments))
			.bind("subject", this.subject)
			.then()
			.block(PATIENCE);
	}

	private int number(String column) {
		return Integer.parseInt(text(column + "::text"));
	}

	private String text(String expression) {
		return this.database.sql("SELECT %s FROM wechat_publication WHERE subject = :subject".formatted(expression))
			.bind("subject", this.subject)
			.mapValue(String.class)
			.one()
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

}
