package cn.qingfeng.platform.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.ConnectionInfo;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of our own proxies and
 * of nobody else. Each proxy adds on the right the address that it saw, so the client is
 * the rightmost address that is no proxy of ours; what stands left of it, the client may
 * have written itself.
 */
@Component
class TrustedProxies implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private static final String FOR = "X-Forwarded-For";

	private static final String PROTO = "X-Forwarded-Proto";

	private static final int LONGEST_PATH = 20;

	private final List<IpSubnetFilterRule> networks;

	TrustedProxies(ProxyProperties properties) {
		this.networks = properties.trusted().stream().map(TrustedProxies::network).toList();
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		if (!this.networks.isEmpty()) {
			factory.addServerCustomizers(this::believe);
		}
	}

	HttpServer believe(HttpServer server) {
		return server.forwarded(this::client);
	}

	private ConnectionInfo client(ConnectionInfo connection, HttpRequest request) {
		InetSocketAddress peer = connection.getRemoteAddress();
		if (peer == null || !isOurs(peer)) {
			return connection;
		}
		InetSocketAddress client = rightmostStranger(request, peer);
		return "https".equalsIgnoreCase(request.headers().get(PROTO))
				? connection.withRemoteAddress(client).withScheme("https") : connection.withRemoteAddress(client);
	}

	/** The proxy itself when it names nobody, or something that is no address. */
	private InetSocketAddress rightmostStranger(HttpRequest request, InetSocketAddress peer) {
		List<String> path = request.headers()
			.getAll(FOR)
			.stream()
			.flatMap((line) -> Arrays.stream(line.split(",", LONGEST_PATH)))
			.map(String::strip)
			.toList();
		return path.reversed()
			.stream()
			.map(TrustedProxies::address)
			.filter(Predicate.not(this::isOurs))
			.findFirst()
			.filter((address) -> !address.isUnresolved())
			.orElse(peer);
	}

	private boolean isOurs(InetSocketAddress address) {
		return !address.isUnresolved() && this.networks.stream().anyMatch((network) -> network.matches(address));
	}

	/** Never asks a name server. */
	private static InetSocketAddress address(String text) {
		@Nullable InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
		return (address != null) ? new InetSocketAddress(address, 0) : InetSocketAddress.createUnresolved("unknown", 0);
	}

	private static IpSubnetFilterRule network(String range) {
		return range.contains("/") ? new IpSubnetFilterRule(range, IpFilterRuleType.ACCEPT)
				: new IpSubnetFilterRule(range, range.contains(":") ? 128 : 32, IpFilterRuleType.ACCEPT);
	}

}
