package cn.qingfeng.wechat.menu;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * WeChat does not take the menu: 409 with its code, for an administrator to act on.
 */
final class MenuRefusedProblem extends Problem {

	private static final long serialVersionUID = 1L;

	MenuRefusedProblem(int code, String message) {
		super(HttpStatus.CONFLICT, "wechat-menu-refused", code, message);
		with("errcode", code);
	}

}
