package cn.qingfeng.wechat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class WechatChatIT {

	@Autowired
	private WechatChat chat;

	@Autowired
	private WechatProperties properties;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestClock clock;

	@AfterEach
	void theClockRunsAgain() {
		this.clock.reset();
	}

	@Test
	void aMenuIsMadeReadAndTakenAway() {
		WechatMenu menu = new WechatMenu(List.of(
				WechatMenu.Button.opening("学习",
						List.of(WechatMenu.Button.of("知识测试", new WechatMenu.View("https://qf.example/m/quiz?a=1&b=2")),
								WechatMenu.Button.of("打卡",
										new WechatMenu.OpenMiniProgram("wx1", "pages/index", "https://qf.example/")),
								WechatMenu.Button.of("文章", new WechatMenu.ShowArticle("article-1")),
								WechatMenu.Button.of("扫码", new WechatMenu.Other("scancode_push", "SCAN")))),
				WechatMenu.Button.of("提醒", new WechatMenu.Click("REMIND"))));
		Outcomes.done(this.chat.createMenu(menu));
		assertThat(Outcomes.done(this.chat.currentMenu())).isEqualTo(menu);
		Outcomes.done(this.chat.deleteMenu());
		assertThat(Outcomes.refused(this.chat.currentMenu()).code()).isEqualTo(46003);
	}

	@Test
	void aMenuThatWechatDoesNotTakeIsForAPersonToFix() {
		WechatMenu menu = new WechatMenu(List.of(WechatMenu.Button.of("这个名字太长放不下", new WechatMenu.Click("KEY"))));
		assertThat(Outcomes.refused(this.chat.createMenu(menu)).errorClass()).isEqualTo(WechatErrorClass.FIX);
	}

	@Test
	void whoeverWroteIsAnsweredInEveryForm() {
		PersonView person = follower();
		this.sandbox.people().act(person.id(), "sendText", Map.of("text", "你好"));
		List.of(new CustomerReply.Text("收到"),
				new CustomerReply.News("标题", "说明", "https://qf.example/", "https://qf.example/a.png"),
				new CustomerReply.MiniProgramPage("打卡", "wx1", "pages/index", "media"),
				new CustomerReply.Choices("满意吗？",
						List.of(new CustomerReply.Choice("1", "满意"), new CustomerReply.Choice("2", "不满意")), "谢谢"))
			.forEach((reply) -> Outcomes.done(this.chat.reply(openid(person), reply)));
		assertThat(this.sandbox.people().messages(person.id()).toString()).contains("收到", "说明", "打卡", "满意吗？");
	}

	@Test
	void whoeverWroteLongAgoIsNotAnswered() {
		PersonView person = follower();
		this.clock.advance(Duration.ofHours(49));
		assertThat(Outcomes.refused(this.chat.reply(openid(person), new CustomerReply.Text("晚了"))).errorClass())
			.isEqualTo(WechatErrorClass.GONE);
	}

	private PersonView follower() {
		PersonView person = this.sandbox.people()
			.add("李廉", "138" + UUID.randomUUID().toString().replaceAll("\\D", "1").substring(0, 8));
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return person;
	}

	private String openid(PersonView person) {
		return person.openids().get(this.properties.mp().appId());
	}

}
