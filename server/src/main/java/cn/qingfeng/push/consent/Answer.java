package cn.qingfeng.push.consent;

/**
 * What a person said when asked for a template.
 */
enum Answer {

	ACCEPT, REJECT;

	static Answer of(boolean accepted) {
		return accepted ? ACCEPT : REJECT;
	}

}
