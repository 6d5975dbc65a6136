package cn.qingfeng.wechat.gateway;

/**
 * Calls that share threads. Each lane has its own, so that a slow push never holds back a
 * login.
 */
enum Lane {

	LOGIN(8), PUSH(16), MEDIA(4), ADMIN(4);

	static final int TOTAL = 32;

	private final int threads;

	Lane(int threads) {
		this.threads = threads;
	}

	int threads() {
		return this.threads;
	}

	int queue() {
		return this.threads * 64;
	}

}
