package cn.qingfeng.local.sandbox;

import java.util.List;
import java.util.Map;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import me.chanjar.weixin.common.bean.subscribemsg.CategoryData;
import me.chanjar.weixin.common.bean.subscribemsg.PubTemplateTitleListResult;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.template.WxMpTemplate;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateData;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateIndustry;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateIndustryEnum;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Templates chosen from the public library.
 */
class TemplateChoiceIT {

	private Sandbox sandbox;

	private WxMpService service;

	private WxMaService mini;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(1);
		this.service = WechatClients.service(this.sandbox);
		this.mini = WechatClients.mini(this.sandbox);
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
	}

	@Test
	void aTemplateIsChosenSentAndTakenBack() throws WxErrorException {
		String id = this.service.getTemplateMsgService().addTemplate("1002", List.of("活动名称", "开始时间"));
		PersonView person = this.sandbox.people().add("王清", "13800000001");
		this.sandbox.people().act(person.id(), "follow", Map.of());
		WxMpTemplateMessage message = WxMpTemplateMessage.builder()
			.toUser(person.openids().get(AppRegistration.SERVICE_APPID))
			.templateId(id)
			.data(List.of(new WxMpTemplateData("thing1", "月湖公园环境清理"),
					new WxMpTemplateData("time2", "2026-12-05 09:00")))
			.build();
		this.service.getTemplateMsgService().sendTemplateMsg(message);
		assertThat(this.sandbox.people().messages(person.id()).getFirst().fields()).extracting("label")
			.containsExactly("活动名称", "开始时间");
		assertThat(this.service.getTemplateMsgService().delPrivateTemplate(id)).isTrue();
		Wechat.refuses(40037, () -> this.service.getTemplateMsgService().sendTemplateMsg(message));
	}

	@Test
	void anAccountHasTwentyFiveTemplates() throws WxErrorException {
		int had = this.service.getTemplateMsgService().getAllPrivateTemplate().size();
		for (int number = had; number < 25; number++) {
			this.service.getTemplateMsgService().addTemplate("1001", List.of());
		}
		assertThat(this.service.getTemplateMsgService().getAllPrivateTemplate()).extracting(WxMpTemplate::getTitle)
			.contains("学习任务提醒")
			.hasSize(25);
		Wechat.refuses(45026, () -> this.service.getTemplateMsgService().addTemplate("1001", List.of()));
		Wechat.refuses(40037, () -> this.service.getTemplateMsgService().addTemplate("TM0", List.of()));
	}

	@Test
	void theIndustryChangesOnceAMonth() throws WxErrorException {
		WxMpTemplateIndustry industry = new WxMpTemplateIndustry(WxMpTemplateIndustryEnum.findByCode(22),
				WxMpTemplateIndustryEnum.findByCode(41));
		assertThat(this.service.getTemplateMsgService().setIndustry(industry)).isTrue();
		assertThat(this.service.getTemplateMsgService().getIndustry().getPrimaryIndustry()).isNotNull();
		Wechat.refuses(43100, () -> this.service.getTemplateMsgService().setIndustry(industry));
	}

	@Test
	void aSubscriptionTemplateOfTheMiniProgramIsChosenKeywordByKeyword() throws WxErrorException {
		CategoryData category = this.mini.getSubscribeService().getCategory().getFirst();
		PubTemplateTitleListResult titles = this.mini.getSubscribeService()
			.getPubTemplateTitleList(new String[] { Integer.toString(category.getId()) }, 0, 30);
		assertThat(titles.getData()).hasSize(titles.getCount());
		assertThat(this.mini.getSubscribeService().getPubTemplateKeyWordsById("1001")).hasSize(4);
		String id = this.mini.getSubscribeService().addTemplate("1001", List.of(1, 2), "提醒学习");
		assertThat(this.mini.getSubscribeService().getTemplateList()).anySatisfy((template) -> {
			assertThat(template.getPriTmplId()).isEqualTo(id);
			assertThat(template.getType()).isEqualTo(2);
		});
		assertThat(this.mini.getSubscribeService().delTemplate(id)).isTrue();
		assertThat(this.mini.getSubscribeService().getTemplateList())
			.noneMatch((each) -> each.getPriTmplId().equals(id));
		Wechat.refuses(200014, () -> this.mini.getSubscribeService().addTemplate("9", List.of(1, 2), "提醒"));
		Wechat.refuses(200020, () -> this.mini.getSubscribeService().addTemplate("1001", List.of(9, 2), "提醒"));
		Wechat.refuses(200021, () -> this.mini.getSubscribeService().addTemplate("1001", List.of(1, 2), ""));
	}

	@Test
	void theServiceAccountChoosesSubscriptionNoticesTheSameWay() throws WxErrorException {
		String id = this.service.getSubscribeMsgService().addTemplate("2002", List.of(1, 2), "节日提醒");
		assertThat(this.service.getSubscribeMsgService().getTemplateList()).anySatisfy((template) -> {
			assertThat(template.getPriTmplId()).isEqualTo(id);
			assertThat(template.getType()).isEqualTo(3);
		});
	}

}
