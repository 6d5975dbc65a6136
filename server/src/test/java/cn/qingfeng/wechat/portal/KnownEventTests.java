package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every event that WeChat's documents name, as it came over the wire.
 */
class KnownEventTests {

	private static final String NAMES = """
			subscribe unsubscribe SCAN CLICK VIEW view_miniprogram scancode_push scancode_waitmsg pic_sysphoto
			pic_photo_or_album pic_weixin location_select LOCATION TEMPLATESENDJOBFINISH MASSSENDJOBFINISH
			PUBLISHJOBFINISH subscribe_msg_popup_event subscribe_msg_change_event subscribe_msg_sent_event
			kf_create_session kf_close_session kf_switch_session user_info_modified user_authorization_revoke
			user_authorization_cancellation qualification_verify_success qualification_verify_fail naming_verify_success
			naming_verify_fail annual_renew verify_expired weapp_audit_success weapp_audit_fail weapp_audit_delay
			wxa_media_check user_enter_tempsession""";

	@Test
	void noEventOfTheDocumentsIsForgotten() {
		List<String> documented = Arrays.stream(NAMES.split("\\s+"))
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.toList();
		assertThat(KnownEvent.values()).extracting((event) -> event.name().toLowerCase(Locale.ROOT))
			.containsExactlyInAnyOrderElementsOf(documented);
		assertThat(KnownEvent.values()).allSatisfy((event) -> assertThat(event.because()).isNotBlank());
	}

	@ParameterizedTest
	@CsvSource({ "subscribe, Followed", "unsubscribe, Unfollowed", "SCAN,", "CLICK,", "VIEW,", "view_miniprogram,",
			"scancode_push,", "scancode_waitmsg,", "pic_sysphoto,", "pic_photo_or_album,", "pic_weixin,",
			"location_select,", "LOCATION,", "TEMPLATESENDJOBFINISH, TemplateMessageFinished",
			"MASSSENDJOBFINISH, MassSendFinished", "PUBLISHJOBFINISH, PublicationFinished",
			"subscribe_msg_popup_event, SubscriptionAnswered", "subscribe_msg_change_event, SubscriptionChanged",
			"subscribe_msg_sent_event, SubscriptionMessageSent", "kf_create_session,", "kf_close_session,",
			"kf_switch_session,", "user_info_modified,", "user_authorization_revoke, AuthorizationRevoked",
			"user_authorization_cancellation, AuthorizationRevoked", "qualification_verify_success, AccountNotice",
			"qualification_verify_fail, AccountNotice", "naming_verify_success, AccountNotice",
			"naming_verify_fail, AccountNotice", "annual_renew, AccountNotice", "verify_expired, AccountNotice",
			"weapp_audit_success, AccountNotice", "weapp_audit_fail, AccountNotice", "weapp_audit_delay, AccountNotice",
			"wxa_media_check, AccountNotice", "user_enter_tempsession,", "a_future_fail, AccountNotice",
			"a_future_event," })
	void whateverItsCaseAnEventBecomesTheSame(String name, @Nullable String becomes) {
		for (String written : List.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
			assertThat(event(written).map((event) -> event.getClass().getSimpleName()))
				.isEqualTo(Optional.ofNullable(becomes));
		}
	}

	@Test
	void whatIsIgnoredIsNeverPublished() {
		assertThat(KnownEvent.values()).filteredOn((event) -> event.fate() == KnownEvent.Fate.IGNORED)
			.allSatisfy((event) -> assertThat(event(event.name())).isEmpty());
	}

	private static Optional<WechatEvent> event(String name) {
		String xml = """
				<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>1481013459</CreateTime>
				<MsgType>event</MsgType><Event>%s</Event><MsgID>1</MsgID><Status>success</Status>
				<PublishEventInfo><publish_id>1</publish_id></PublishEventInfo><EventKey>key</EventKey>
				<result><suggest>review</suggest></result></xml>""".formatted(name);
		Fields fields = MessageFormat.XML.read(xml.getBytes(StandardCharsets.UTF_8));
		return new ReceivedMessage(WechatAccount.MP, fields).event();
	}

}
