package cn.qingfeng.wechat;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * What was asked for needs WeChat, and WeChat did not do it: 503, worth another try.
 */
public final class WechatUnavailableProblem extends Problem {

	private static final long serialVersionUID = 1L;

	private static final int SECONDS = 5;

	public WechatUnavailableProblem() {
		super(HttpStatus.SERVICE_UNAVAILABLE, "wechat-unavailable");
		with(RETRY_AFTER, SECONDS);
	}

}
