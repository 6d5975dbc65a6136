package cn.qingfeng.wechat.portal;

/**
 * What a person sees at once, in the answer to the callback itself.
 *
 * @param text the words; empty when the person is handed over to the staff
 */
record PassiveReply(String text) {

	/** Hands the person over to the staff at WeChat's customer service. */
	static final PassiveReply TO_STAFF = new PassiveReply("");

	boolean isToStaff() {
		return this.text.isEmpty();
	}

}
