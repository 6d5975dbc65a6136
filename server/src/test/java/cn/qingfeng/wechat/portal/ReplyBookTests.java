package cn.qingfeng.wechat.portal;

import java.util.List;

import cn.qingfeng.platform.problem.InvalidRequestProblem;
import cn.qingfeng.wechat.portal.ReplyBook.Occasion;
import cn.qingfeng.wechat.portal.ReplyBook.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReplyBookTests {

	private final ReplyBook book = new ReplyBook(
			List.of(new Rule(Occasion.FOLLOW, List.of(), "欢迎"), new Rule(Occasion.UNBOUND, List.of(), "请绑定"),
					new Rule(Occasion.CLICK, List.of("GUIDE", "HELP"), "说明"),
					new Rule(Occasion.KEYWORD, List.of("绑定", "VPN"), "怎样绑定"),
					new Rule(Occasion.KEYWORD, List.of("绑定码"), "绑定码在管理员处"),
					new Rule(Occasion.KEYWORD, List.of("人工"), ""), new Rule(Occasion.OTHERWISE, List.of(), "收到")),
			false);

	@Test
	void onlyWhoIsNotOnTheRosterIsToldHowToGetThere() {
		assertThat(this.book.welcome(true)).contains(new PassiveReply("欢迎"));
		assertThat(this.book.welcome(false)).contains(new PassiveReply("欢迎\n请绑定"));
		assertThat(this.book.asksWhoFollows()).isTrue();
	}

	@Test
	void aMenuKeyIsAnsweredByItsOwnReply() {
		assertThat(this.book.clicked("HELP")).contains(new PassiveReply("说明"));
		assertThat(this.book.clicked("help")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "绑定, 怎样绑定", "' 绑定？', 怎样绑定", "怎么绑定啊, 怎样绑定", "我的绑定码丢了, 绑定码在管理员处", "绑定码, 绑定码在管理员处", "ｖｐｎ！, 怎样绑定",
			"人工, ''", "转人工客服, ''", "随便说说, 收到", "我想问一下去年十二月我换了手机号以后一直没有绑定成功这件事情该找谁, 收到", "？, 收到" })
	void theWordItselfWinsThenTheLongestInAShortText(String said, String answered) {
		assertThat(this.book.written(said)).contains(new PassiveReply(answered));
	}

	@Test
	void anEmptyBookSaysNothing() {
		assertThat(ReplyBook.EMPTY.written("绑定")).isEmpty();
		assertThat(ReplyBook.EMPTY.welcome(false)).isEmpty();
		assertThat(ReplyBook.EMPTY.asksWhoFollows()).isFalse();
	}

	@Test
	void aBookThatWechatShowsIsAccepted() {
		assertThatCode(() -> check(this.book.rules().toArray(Rule[]::new))).doesNotThrowAnyException();
		assertThatCode(() -> check(new Rule(Occasion.OTHERWISE, List.of(), "字".repeat(682))))
			.doesNotThrowAnyException();
	}

	@Test
	void aTextIsMeasuredInBytesAfterItIsFilledIn() {
		refused("replies[0].text", new Rule(Occasion.OTHERWISE, List.of(), "字".repeat(683)));
		refused("replies[0].text", new Rule(Occasion.OTHERWISE, List.of(), "{{publicUrl}}" + "a".repeat(2_040)));
		refused("replies[1].text", new Rule(Occasion.FOLLOW, List.of(), "字".repeat(400)),
				new Rule(Occasion.UNBOUND, List.of(), "字".repeat(400)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "a\u0000b", "a\u0007", "{{secret}}", "\ud800" })
	void whatCannotBeShownIsRefused(String text) {
		refused("replies[0].text", new Rule(Occasion.CLICK, List.of("K"), text));
	}

	@ParameterizedTest
	@EnumSource(names = { "FOLLOW", "UNBOUND", "OTHERWISE" })
	void whatHappensOnceIsAnsweredOnceAndHasNoKey(Occasion occasion) {
		refused("replies[1].occasion", new Rule(occasion, List.of(), "a"), new Rule(occasion, List.of(), "b"));
		refused("replies[0].keys", new Rule(occasion, List.of("k"), "a"));
	}

	@Test
	void aWordLeadsToOneReply() {
		refused("replies[1].keys[0]", new Rule(Occasion.KEYWORD, List.of("VPN"), "a"),
				new Rule(Occasion.KEYWORD, List.of("ｖｐｎ！"), "b"));
		refused("replies[0].keys", new Rule(Occasion.KEYWORD, List.of(), "a"));
		refused("replies[0].keys[0]", new Rule(Occasion.KEYWORD, List.of("？！"), "a"));
		refused("replies[0].keys[0]", new Rule(Occasion.CLICK, List.of("字".repeat(43)), "a"));
	}

	private static void refused(String field, Rule... rules) {
		assertThatExceptionOfType(InvalidRequestProblem.class).isThrownBy(() -> check(rules))
			.satisfies((problem) -> assertThat(problem.members().toString()).contains(field));
	}

	private static void check(Rule... rules) {
		ReplyRules.check(List.of(rules), (text) -> text.replace("{{publicUrl}}", "https://h5.example.cn"));
	}

}
