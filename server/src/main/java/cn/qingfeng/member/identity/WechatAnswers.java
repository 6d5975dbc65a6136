package cn.qingfeng.member.identity;

import java.util.function.Supplier;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatUnavailableProblem;

/**
 * What WeChat's answer to a person's code means for that person.
 */
final class WechatAnswers {

	private WechatAnswers() {
	}

	/**
	 * The value, or the problem to tell.
	 * @param outcome of the call
	 * @param codeRefused when the code is the person's fault
	 */
	static <T> T require(WechatOutcome<T> outcome, Supplier<Problem> codeRefused) {
		return switch (outcome) {
			case WechatOutcome.Done<T> done -> done.value();
			case WechatOutcome.Refused<T> refused when refused.errorClass() == WechatErrorClass.AUTH ->
				throw codeRefused.get();
			case WechatOutcome.Refused<T> refused -> throw new WechatUnavailableProblem();
			case WechatOutcome.Unknown<T> unknown -> throw new WechatUnavailableProblem();
		};
	}

}
