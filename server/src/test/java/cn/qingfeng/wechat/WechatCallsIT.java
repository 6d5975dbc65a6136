package cn.qingfeng.wechat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.platform.time.BusinessTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each kind of call once against the sandbox, and what it says when it refuses.
 */
@QingfengIT
@Import(RecordedEvents.class)
class WechatCallsIT {

	private static final byte[] PIXEL = Base64.getDecoder()
		.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private WechatGateway gateway;

	@Autowired
	private WechatArticles articles;

	@Autowired
	private WechatAudience audience;

	@Autowired
	private WechatLinks links;

	@Autowired
	private WechatChecks checks;

	@Autowired
	private WechatOperations operations;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private RecordedEvents.Record events;

	@Autowired
	private TestClock clock;

	@AfterEach
	void allIsWellAgain() {
		this.sandbox.clearFaults();
		this.clock.reset();
	}

	@Test
	void eachConsentToAMiniProgramMessageIsGoodForOne() {
		PersonView person = follower();
		String openid = mini(person);
		this.sandbox.people()
			.act(person.id(), "popup", Map.of("appid", this.properties.miniProgram().appId(), "templateIds",
					List.of(SampleTemplates.MINI_QUIZ)));
		SubscriptionMessage message = new SubscriptionMessage(openid, SampleTemplates.MINI_QUIZ, "pages/index",
				Map.of("thing1", "十一月测试", "time2", "2026-11-30 18:00"));
		Outcomes.done(this.gateway.sendSubscription(message));
		assertThat(Outcomes.refused(this.gateway.sendSubscription(message)).errorClass())
			.isEqualTo(WechatErrorClass.CONSENT);
	}

	@Test
	void aNoticeIsSentWhetherOrNotWechatTellsItsId() {
		PersonView person = follower();
		SubscriptionMessage message = new SubscriptionMessage(mp(person), SampleTemplates.BIZ_STUDY,
				"http://127.0.0.1/m/", Map.of("thing1", "廉洁准则", "time2", "2026-11-30 18:00"));
		for (boolean tells : List.of(false, true)) {
			this.sandbox.apps()
				.change(this.properties.mp().appId(),
						JSON.valueToTree(Map.of("switches", Map.of("bizsendTellsMsgid", tells))));
			this.sandbox.people().act(person.id(), "popup", Map.of("templateIds", List.of(SampleTemplates.BIZ_STUDY)));
			assertThat(Outcomes.done(this.gateway.sendNotice(message)).msgId() != null).isEqualTo(tells);
		}
		assertThat(Outcomes.refused(this.gateway.sendNotice(message)).errorClass()).isEqualTo(WechatErrorClass.CONSENT);
	}

	@Test
	void subscriptionTemplatesOfBothAccountsAreListed() {
		assertThat(Outcomes.done(this.gateway.noticeTemplates())).anySatisfy((template) -> {
			assertThat(template.templateId()).isEqualTo(SampleTemplates.NOTICE);
			assertThat(template.longTerm()).isTrue();
		});
		assertThat(Outcomes.done(this.gateway.subscriptionTemplates())).anySatisfy((template) -> {
			assertThat(template.templateId()).isEqualTo(SampleTemplates.MINI_QUIZ);
			assertThat(template.longTerm()).isFalse();
		});
	}

	@Test
	void aDraftIsSeenBeforeItIsSentToATagAndTakenBackAfterwards() {
		PersonView tagged = follower();
		PersonView other = follower();
		WechatTag tag = Outcomes.done(this.audience.createTag("单位" + suffix()));
		Outcomes.done(this.audience.tag(tag.id(), List.of(mp(tagged))));
		String draft = draft("标签群发");
		Outcomes.done(this.gateway.previewMassSend(mp(other), draft));
		assertThat(articlesOn(other)).isEqualTo(1);
		MassSend sent = Outcomes.done(this.gateway.massSendToTag(tag.id(), draft, suffix()));
		finished(sent);
		assertThat(articlesOn(tagged)).isEqualTo(1);
		assertThat(articlesOn(other)).isEqualTo(1);
		Outcomes.done(this.gateway.deleteMassSend(sent.msgId(), 0));
		assertThat(Outcomes.done(this.gateway.massSendStatus(sent.msgId()))).isEqualTo(MassSendStatus.DELETE);
		assertThat(Outcomes.refused(this.gateway.massSendToTag(99, draft("没有标签"), suffix())).code()).isEqualTo(40152);
	}

	@Test
	void aListOfFollowersGetsADraftOnceAndOnePersonIsNoList() {
		PersonView one = follower();
		PersonView two = follower();
		String draft = draft("名单群发");
		assertThat(Outcomes.refused(this.gateway.massSendTo(List.of(mp(one)), draft, suffix())).code())
			.isEqualTo(40130);
		String clientMsgId = suffix();
		MassSend sent = Outcomes.done(this.gateway.massSendTo(List.of(mp(one), mp(two)), draft, clientMsgId));
		finished(sent);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(Outcomes.done(this.gateway.massSendTo(List.of(mp(one), mp(two)), draft, clientMsgId)).msgId())
			.isEqualTo(sent.msgId());
		assertThat(articlesOn(one)).isEqualTo(1);
	}

	@Test
	void theSpeedOfMassSendsIsReadAndChanged() {
		Outcomes.done(this.gateway.changeMassSpeed(4));
		assertThat(Outcomes.done(this.gateway.massSpeed()).step()).isEqualTo(4);
		Outcomes.done(this.gateway.changeMassSpeed(0));
		assertThat(Outcomes.done(this.gateway.massSpeed()).step()).isZero();
	}

	@Test
	void aDraftIsReadCorrectedAndThrownAway() {
		String cover = Outcomes.done(this.gateway.uploadCover(PIXEL, "cover.png"));
		String draft = Outcomes.done(this.gateway.addDraft(List.of(article("第一篇", cover), article("第二篇", cover))));
		Outcomes.done(this.articles.updateDraft(draft, 1, article("改过的第二篇", cover)));
		assertThat(Outcomes.done(this.articles.draft(draft))).extracting(StoredArticle::title)
			.containsExactly("第一篇", "改过的第二篇");
		Outcomes.done(this.articles.deleteDraft(draft));
		assertThat(Outcomes.refused(this.articles.draft(draft)).code()).isEqualTo(40007);
		Outcomes.done(this.articles.deleteMaterial(cover));
	}

	@Test
	void aPublicationIsFollowedReadAndTakenBack() {
		String publishId = Outcomes.done(this.gateway.publishDraft(draft("发布"))).publishId();
		WechatEvent.PublicationFinished event = this.events.awaited(WechatEvent.PublicationFinished.class,
				(each) -> each.publishId().equals(publishId));
		PublicationState state = Outcomes.done(this.articles.publication(publishId));
		assertThat(state.status()).isZero();
		assertThat(state.urls()).isEqualTo(event.urls());
		String articleId = state.articleId();
		assertThat(articleId).isNotNull();
		assertThat(Outcomes.done(this.articles.published(articleId))).singleElement()
			.satisfies((each) -> assertThat(each.deleted()).isFalse());
		Outcomes.done(this.articles.takeBack(articleId, 0));
		assertThat(Outcomes.done(this.articles.publication(publishId)).status()).isEqualTo(5);
	}

	@Test
	void picturesAreKeptForThreeDays() {
		assertThat(Outcomes.done(this.articles.uploadForThreeDays(MediaKind.IMAGE, PIXEL, "png"))).isNotEmpty();
		assertThat(Outcomes.done(this.articles.uploadForThreeDays(MediaKind.THUMB, PIXEL, "png"))).isNotEmpty();
	}

	@Test
	void readersAreCountedByArticleAndForTheAccount() {
		PersonView reader = follower();
		MassSend sent = Outcomes
			.done(this.gateway.massSendTo(List.of(mp(reader), mp(follower())), draft("统计"), suffix()));
		String url = finished(sent).urls().getFirst();
		this.sandbox.people().act(reader.id(), "readArticle", Map.of("url", url, "share", true));
		LocalDate day = BusinessTime.today(this.clock);
		assertThat(Outcomes.refused(this.articles.reads(day)).code()).isEqualTo(61501);
		this.clock.setTo(day.plusDays(1) + "T12:00");
		assertThat(Outcomes.done(this.articles.reads(day)).items()).anySatisfy((figures) -> {
			assertThat(figures.day()).isEqualTo(day);
			assertThat(figures.msgDataId()).isEqualTo(sent.msgDataId());
			assertThat(figures.part()).isEqualTo(1);
			assertThat(figures.counts().get("read_user")).isPositive();
		});
		assertThat(Outcomes.done(this.articles.shares(day)).items())
			.anySatisfy((figures) -> assertThat(figures.msgDataId()).isEqualTo(sent.msgDataId()));
		assertThat(Outcomes.done(this.articles.sinceSent(day)).items())
			.anySatisfy((figures) -> assertThat(figures.msgDataId()).isEqualTo(sent.msgDataId()));
		assertThat(Outcomes.done(this.articles.summary(day, day)).items()).singleElement()
			.satisfies((figures) -> assertThat(figures.msgDataId()).isNull());
	}

	@Test
	void followersAreDescribedAndThoseWhoLeftAreNot() {
		PersonView stays = follower();
		PersonView leaves = follower();
		this.sandbox.people().act(leaves.id(), "unfollow", Map.of());
		List<Follower> found = Outcomes.done(this.audience.followers(List.of(mp(stays), mp(leaves))));
		assertThat(found).extracting(Follower::follows).containsExactly(true, false);
		assertThat(found.getFirst().unionid()).isEqualTo(stays.unionid());
		assertThat(found.getFirst().since()).isNotNull();
	}

	@Test
	void aTagIsMadePutOnTakenOffAndDeleted() {
		PersonView person = follower();
		String name = "单位" + suffix();
		WechatTag tag = Outcomes.done(this.audience.createTag(name));
		assertThat(Outcomes.refused(this.audience.createTag(name)).code()).isEqualTo(45157);
		Outcomes.done(this.audience.tag(tag.id(), List.of(mp(person))));
		assertThat(Outcomes.done(this.audience.followers(List.of(mp(person)))).getFirst().tags()).contains(tag.id());
		assertThat(Outcomes.done(this.audience.tags())).contains(new WechatTag(tag.id(), name, 1));
		Outcomes.done(this.audience.untag(tag.id(), List.of(mp(person))));
		Outcomes.done(this.audience.deleteTag(tag.id()));
		assertThat(Outcomes.done(this.audience.tags())).extracting(WechatTag::name).doesNotContain(name);
		assertThat(Outcomes.refused(this.audience.deleteTag(2)).code()).isEqualTo(45058);
	}

	@Test
	void whomWechatLeavesOutIsNamed() {
		String full = mp(follower());
		String other = mp(follower());
		List<WechatTag> tags = IntStream.range(0, 21)
			.mapToObj((number) -> Outcomes.done(this.audience.createTag("活动" + suffix())))
			.toList();
		tags.subList(0, 20).forEach((tag) -> Outcomes.done(this.audience.tag(tag.id(), List.of(full))));
		int last = tags.getLast().id();
		assertThat(Outcomes.done(this.audience.tag(last, List.of(full, other))).failed()).containsExactly(full);
		assertThat(Outcomes.done(this.audience.followers(List.of(other))).getFirst().tags()).contains(last);
		assertThat(Outcomes.refused(this.audience.tag(last, List.of(full))).code()).isEqualTo(45059);
		tags.forEach((tag) -> Outcomes.done(this.audience.deleteTag(tag.id())));
	}

	@Test
	void aCodeToFollowByHasAPictureAndAnEnd() throws Exception {
		FollowerCode temporary = Outcomes.done(this.links.temporaryCode("unit_7", Duration.ofDays(7)));
		assertThat(temporary.life()).isEqualTo(Duration.ofDays(7));
		HttpResponse<byte[]> picture = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(temporary.picture()).build(), HttpResponse.BodyHandlers.ofByteArray());
		assertThat(picture.statusCode()).isEqualTo(200);
		assertThat(picture.headers().firstValue("content-type").orElseThrow()).startsWith("image/");
		assertThat(Outcomes.done(this.links.permanentCode("unit_7")).life()).isNull();
		assertThat(Outcomes.refused(this.links.permanentCode("")).errorClass()).isEqualTo(WechatErrorClass.FIX);
	}

	@Test
	void aPageOfTheMiniProgramHasACodeAndLinks() {
		assertThat(Outcomes.done(this.links.pageCode("e=7&u=3", "pages/checkin/index", 430))).hasSizeGreaterThan(100)
			.startsWith(0xFF, 0xD8);
		assertThat(Outcomes.refused(this.links.pageCode("长".repeat(40), "pages/checkin/index", 430)).code())
			.isEqualTo(40169);
		PageTarget target = new PageTarget("pages/quiz/index", "id=1");
		assertThat(URI.create(Outcomes.done(this.links.urlLink(target, 30))).getPath()).isNotEmpty();
		assertThat(Outcomes.refused(this.links.urlLink(target, 31)).code()).isEqualTo(85401);
		assertThat(Outcomes.done(this.links.urlScheme(target, 1))).startsWith("weixin://");
		assertThat(Outcomes.done(this.links.shortLink(target, "知识测试"))).startsWith("#小程序://");
	}

	@Test
	void textsAndPicturesAreCheckedForThoseWhoWereThere() {
		PersonView person = follower();
		this.sandbox.apps()
			.change(this.properties.miniProgram().appId(), JSON.valueToTree(Map.of("words", Map.of("赌博",
					Map.of("suggest", "risky", "label", 20006), "也许", Map.of("suggest", "review", "label", 10001)))));
		assertThat(Outcomes.refused(this.checks.text(mini(person), CheckScene.COMMENT, "你好")).code()).isEqualTo(61010);
		this.sandbox.people().wxLogin(person.id());
		this.sandbox.people()
			.act(person.id(), "openMini",
					Map.of("appid", this.properties.miniProgram().appId(), "page", "pages/index"));
		assertThat(Outcomes.done(this.checks.text(mini(person), CheckScene.COMMENT, "你好")).suggestion())
			.isEqualTo(ContentVerdict.Suggestion.PASS);
		assertThat(Outcomes.done(this.checks.text(mini(person), CheckScene.COMMENT, "也许吧")).suggestion())
			.isEqualTo(ContentVerdict.Suggestion.REVIEW);
		ContentVerdict risky = Outcomes.done(this.checks.text(mini(person), CheckScene.COMMENT, "来赌博"));
		assertThat(risky.suggestion()).isEqualTo(ContentVerdict.Suggestion.RISKY);
		assertThat(risky.label()).isEqualTo(20006);
		assertThat(Outcomes.done(this.checks.image(mini(person), CheckScene.COMMENT, "https://qf.example/a.png")))
			.isNotEmpty();
	}

	@Test
	void wechatsOwnCountsAndTracesAreRead() {
		String path = "/cgi-bin/user/get";
		ApiQuota before = Outcomes.done(this.operations.quota(WechatAccount.MP, path));
		Outcomes.done(this.gateway.followers(null));
		ApiQuota after = Outcomes.done(this.operations.quota(WechatAccount.MP, path));
		assertThat(after.used()).isEqualTo(before.used() + 1);
		assertThat(after.remaining()).isEqualTo(after.dailyLimit() - after.used());
		for (WechatAccount account : WechatAccount.values()) {
			WechatOutcome.Refused<?> refused = Outcomes.refused(this.operations.quota(account, "/cgi-bin/nothing"));
			assertThat(refused.code()).isEqualTo(76021);
			CallTrace trace = Outcomes.done(this.operations.trace(account, refused.rid()));
			assertThat(trace.path()).isEqualTo("/cgi-bin/openapi/quota/get");
			assertThat(trace.answer()).contains("76021");
		}
	}

	private WechatEvent.MassSendFinished finished(MassSend sent) {
		return this.events.awaited(WechatEvent.MassSendFinished.class, (event) -> event.msgId().equals(sent.msgId()));
	}

	private String draft(String title) {
		String cover = Outcomes.done(this.gateway.uploadCover(PIXEL, "cover.png"));
		return Outcomes.done(this.gateway.addDraft(List.of(article(title, cover))));
	}

	private PersonView follower() {
		PersonView person = this.sandbox.people()
			.add("赵清", "137" + UUID.randomUUID().toString().replaceAll("\\D", "1").substring(0, 8));
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return person;
	}

	private String mp(PersonView person) {
		return person.openids().get(this.properties.mp().appId());
	}

	private String mini(PersonView person) {
		return person.openids().get(this.properties.miniProgram().appId());
	}

	private long articlesOn(PersonView person) {
		return this.sandbox.people()
			.messages(person.id())
			.stream()
			.filter((message) -> message.kind().equals("article"))
			.count();
	}

	private static DraftArticle article(String title, String cover) {
		return new DraftArticle(title, "清风", "摘要", "<p>正文</p>", "http://127.0.0.1/m/", cover);
	}

	private static String suffix() {
		return UUID.randomUUID().toString().replace("-", "").substring(0, 20);
	}

}
