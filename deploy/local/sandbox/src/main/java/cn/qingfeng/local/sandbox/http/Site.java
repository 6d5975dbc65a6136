package cn.qingfeng.local.sandbox.http;

/**
 * Where this sandbox is reached, known once its socket is open.
 */
public final class Site {

	private volatile String base = "";

	public void at(String baseUrl) {
		this.base = baseUrl;
	}

	public String base() {
		return this.base;
	}

}
