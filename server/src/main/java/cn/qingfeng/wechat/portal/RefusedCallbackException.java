package cn.qingfeng.wechat.portal;

/**
 * A callback that did not come from WeChat as agreed. All reasons get the same answer, so
 * the reason is for our log only.
 */
final class RefusedCallbackException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RefusedCallbackException(String reason) {
		super(reason, null, false, false);
	}

}
