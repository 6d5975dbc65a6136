package cn.qingfeng.member.identity;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * WeChat does not accept the code: used, expired or never its own.
 */
final class WechatCodeRefusedProblem extends Problem {

	private static final long serialVersionUID = 1L;

	WechatCodeRefusedProblem() {
		super(HttpStatus.UNAUTHORIZED, "wechat-code-refused");
	}

}
