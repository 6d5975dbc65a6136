package cn.qingfeng.staff;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * From where a request comes. What proxies say is believed only as far as the server is
 * configured to ({@code qingfeng.proxies.trusted}).
 *
 * @param value an IP address; null when no request is being served
 */
public record ClientAddress(@Nullable String value) {

	/** No request is being served. */
	static final ClientAddress NONE = new ClientAddress(null);

	public static ClientAddress of(ServerWebExchange exchange) {
		InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
		if (remote == null) {
			return NONE;
		}
		return new ClientAddress(
				(remote.getAddress() != null) ? remote.getAddress().getHostAddress() : remote.getHostString());
	}

	/** The address to count by: requests without one share a budget. */
	public String key() {
		return (this.value != null) ? this.value : "unknown";
	}

}
