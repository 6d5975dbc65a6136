package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReceivedMessageTests {

	private static final String FAN = "oV5CrjpxgaGXNHIQigzNlgLTnwic";

	private static final Instant AT = Instant.ofEpochSecond(1481013459);

	@Test
	void aFollowCarriesTheSceneOfTheScannedCode() {
		assertThat(event("subscribe", "<EventKey><![CDATA[]]></EventKey>"))
			.isEqualTo(new WechatEvent.Followed(WechatAccount.MP, AT, FAN, null));
		assertThat(event("subscribe", "<EventKey><![CDATA[qrscene_unit_7]]></EventKey>"))
			.isEqualTo(new WechatEvent.Followed(WechatAccount.MP, AT, FAN, "unit_7"));
	}

	@Test
	void anUnfollowIsTold() {
		assertThat(event("unsubscribe", "")).isEqualTo(new WechatEvent.Unfollowed(WechatAccount.MP, AT, FAN));
	}

	@Test
	void aMenuClickCarriesItsKey() {
		assertThat(of("CLICK", "<EventKey>REMIND</EventKey>").key()).isEqualTo("REMIND");
	}

	@Test
	void aTemplateReceiptSaysDeliveredBlockedOrFailed() {
		assertThat(receipt("TEMPLATESENDJOBFINISH", "success")).isEqualTo(WechatEvent.ReceiptStatus.DELIVERED);
		assertThat(receipt("templatesendjobfinish", "failed:user block")).isEqualTo(WechatEvent.ReceiptStatus.BLOCKED);
		assertThat(receipt("TemplateSendJobFinish", "failed: system failed"))
			.isEqualTo(WechatEvent.ReceiptStatus.FAILED);
	}

	@Test
	void aMassSendTellsItsCountsAndAddresses() {
		WechatEvent event = event("MASSSENDJOBFINISH", """
				<MsgID>1000001625</MsgID><Status><![CDATA[send success]]></Status><TotalCount>4000</TotalCount>
				<FilterCount>3990</FilterCount><SentCount>3985</SentCount><ErrorCount>5</ErrorCount>
				<CopyrightCheckResult><Count>0</Count><ResultList></ResultList><CheckState>0</CheckState>
				</CopyrightCheckResult><ArticleUrlResult><Count>1</Count><ResultList><item><ArticleIdx>1</ArticleIdx>
				<ArticleUrl><![CDATA[http://mp.weixin.qq.com/s/x]]></ArticleUrl></item></ResultList>
				</ArticleUrlResult>""");
		assertThat(event).isEqualTo(new WechatEvent.MassSendFinished(WechatAccount.MP, AT, "1000001625", "send success",
				4000, 3990, 3985, 5, List.of("http://mp.weixin.qq.com/s/x")));
		assertThat(((WechatEvent.MassSendFinished) event).succeeded()).isTrue();
	}

	@Test
	void aRefusedMassSendDidNotSucceed() {
		WechatEvent event = event("MASSSENDJOBFINISH", "<MsgID>1</MsgID><Status>err(30003)</Status>");
		assertThat(((WechatEvent.MassSendFinished) event).succeeded()).isFalse();
	}

	@Test
	void aPublicationTellsItsArticle() {
		assertThat(event("PUBLISHJOBFINISH", """
				<PublishEventInfo><publish_id>2247503051</publish_id><publish_status>0</publish_status>
				<article_id><![CDATA[b5O2]]></article_id><article_detail><count>1</count><item><idx>1</idx>
				<article_url><![CDATA[URL]]></article_url></item></article_detail></PublishEventInfo>""")).isEqualTo(
				new WechatEvent.PublicationFinished(WechatAccount.MP, AT, "2247503051", 0, "b5O2", List.of("URL")));
		assertThat(event("PUBLISHJOBFINISH", """
				<PublishEventInfo><publish_id>2247503051</publish_id><publish_status>2</publish_status>
				<fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>"""))
			.isEqualTo(new WechatEvent.PublicationFinished(WechatAccount.MP, AT, "2247503051", 2, null, List.of()));
	}

	@Test
	void consentAnswersComeInBothShapesAndFormats() {
		List<WechatEvent.TemplateAnswer> both = List.of(new WechatEvent.TemplateAnswer("T1", true),
				new WechatEvent.TemplateAnswer("T2", false));
		WechatEvent xml = event("subscribe_msg_popup_event", """
				<SubscribeMsgPopupEvent><List><TemplateId><![CDATA[T1]]></TemplateId><SubscribeStatusString>accept
				</SubscribeStatusString><PopupScene>2</PopupScene></List><List><TemplateId>T2</TemplateId>
				<SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgPopupEvent>""");
		assertThat(((WechatEvent.SubscriptionAnswered) xml).answers()).isEqualTo(both);
		assertThat(answers("[{\"TemplateId\":\"T1\",\"SubscribeStatusString\":\"accept\",\"PopupScene\":\"0\"},"
				+ "{\"TemplateId\":\"T2\",\"SubscribeStatusString\":\"reject\",\"PopupScene\":0}]"))
			.isEqualTo(both);
		assertThat(answers("{\"TemplateId\":\"T1\",\"SubscribeStatusString\":\"accept\",\"PopupScene\":\"0\"}"))
			.isEqualTo(both.subList(0, 1));
	}

	@Test
	void aSubscriptionReceiptKeepsItsLongId() {
		WechatEvent event = event("subscribe_msg_sent_event", """
				<SubscribeMsgSentEvent><List><TemplateId>T1</TemplateId><MsgID>1700827132819554304</MsgID>
				<ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent>""");
		assertThat(((WechatEvent.SubscriptionMessageSent) event).receipts())
			.containsExactly(new WechatEvent.SubscriptionReceipt("T1", "1700827132819554304", 0, "success"));
	}

	@Test
	void aRevokedAuthorisationNamesThePerson() {
		assertThat(
				event("user_authorization_revoke", "<OpenID>o1</OpenID><AppID>wx1</AppID><RevokeInfo>8</RevokeInfo>"))
			.isEqualTo(new WechatEvent.AuthorizationRevoked(WechatAccount.MP, AT, "o1", "8"));
	}

	@Test
	void aTextIsAnsweredAndTellsNobodyElse() {
		ReceivedMessage text = message("<MsgType>text</MsgType><Content>好</Content><MsgId>6265881059295447969</MsgId>");
		assertThat(text.content()).isEqualTo("好");
		assertThat(text.event()).isEmpty();
	}

	@Test
	void whatConcernsTheAccountItselfTellsWhy() {
		assertThat(event("naming_verify_fail", "<FailTime>1442401061</FailTime><FailReason>by time</FailReason>"))
			.isEqualTo(new WechatEvent.AccountNotice(WechatAccount.MP, AT, "naming_verify_fail", true, "by time"));
		assertThat(event("WEAPP_AUDIT_FAIL", "<Reason>1:账号信息</Reason><ScreenShot>xxx|yyy</ScreenShot>"))
			.isEqualTo(new WechatEvent.AccountNotice(WechatAccount.MP, AT, "weapp_audit_fail", true, "1:账号信息"));
		assertThat(event("some_future_fail", "<FailReason>%s</FailReason>".formatted("长".repeat(900))))
			.isInstanceOfSatisfying(WechatEvent.AccountNotice.class,
					(notice) -> assertThat(notice.detail()).hasSize(500));
	}

	@Test
	void onlyMediaThatDidNotPassNeedsSomebody() {
		assertThat(of("wxa_media_check", "<trace_id>t</trace_id><result><suggest>pass</suggest></result>").event())
			.isEmpty();
		assertThat(of("wxa_media_check", "<trace_id>t</trace_id><isrisky>0</isrisky>").event()).isEmpty();
		assertThat(event("wxa_media_check", "<trace_id>t</trace_id><result><suggest>risky</suggest></result>"))
			.isEqualTo(new WechatEvent.AccountNotice(WechatAccount.MP, AT, "wxa_media_check", true, "t risky"));
		assertThat(event("wxa_media_check", "<trace_id>t</trace_id><isrisky>1</isrisky>"))
			.isEqualTo(new WechatEvent.AccountNotice(WechatAccount.MP, AT, "wxa_media_check", true, "t risky"));
	}

	@Test
	void whatWeHaveNoUseForHasNoEvent() {
		assertThat(of("LOCATION", "<Latitude>36.889</Latitude>").event()).isEmpty();
		assertThat(of("some_future_event", "").event()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<MsgType>event</MsgType><Event>TEMPLATESENDJOBFINISH</Event>",
			"<MsgType>event</MsgType><Event>MASSSENDJOBFINISH</Event><MsgID>1</MsgID><SentCount>x</SentCount>",
			"<MsgType>event</MsgType><Event></Event>", "<MsgType>event</MsgType><Event>a b</Event>",
			"<MsgType>ta'g</MsgType>", "" })
	void nonsenseIsToldApart(String more) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> message(more).event());
	}

	@Test
	void aRepeatedMessageHasTheSameKeyAndAnotherHasNot() {
		byte[] first = message("<MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId>").dedupeKey();
		assertThat(message("<MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId>").dedupeKey()).isEqualTo(first);
		assertThat(message("<MsgType>text</MsgType><Content>a</Content><MsgId>2</MsgId>").dedupeKey())
			.isNotEqualTo(first);
	}

	@Test
	void twoReceiptsInOneSecondAreTwoEvents() {
		byte[] first = of("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID><Status>success</Status>").dedupeKey();
		byte[] second = of("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID><Status>success</Status>").dedupeKey();
		assertThat(first).isNotEqualTo(second);
	}

	private static WechatEvent.ReceiptStatus receipt(String event, String status) {
		WechatEvent finished = event(event, "<MsgID>4255823957345255424</MsgID><Status>%s</Status>".formatted(status));
		assertThat(((WechatEvent.TemplateMessageFinished) finished).msgId()).isEqualTo("4255823957345255424");
		return ((WechatEvent.TemplateMessageFinished) finished).status();
	}

	private static List<WechatEvent.TemplateAnswer> answers(String list) {
		String json = "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"o7\",\"CreateTime\":\"1610969440\","
				+ "\"MsgType\":\"event\",\"Event\":\"subscribe_msg_popup_event\",\"List\":" + list + "}";
		Fields fields = MessageFormat.JSON.read(json.getBytes(StandardCharsets.UTF_8));
		return ((WechatEvent.SubscriptionAnswered) new ReceivedMessage(WechatAccount.MINI_PROGRAM, fields).event()
			.orElseThrow()).answers();
	}

	private static WechatEvent event(String name, String more) {
		return of(name, more).event().orElseThrow();
	}

	private static ReceivedMessage of(String name, String more) {
		return message("<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[%s]]></Event>%s".formatted(name, more));
	}

	private static ReceivedMessage message(String more) {
		String xml = """
				<xml><ToUserName><![CDATA[gh_4d00ed8d6399]]></ToUserName>
				<FromUserName><![CDATA[%s]]></FromUserName><CreateTime>1481013459</CreateTime>%s</xml>""".formatted(FAN,
				more);
		return new ReceivedMessage(WechatAccount.MP, MessageFormat.XML.read(xml.getBytes(StandardCharsets.UTF_8)));
	}

}
