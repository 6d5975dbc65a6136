package cn.qingfeng.platform.web;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands before the server.
 *
 * @param trusted addresses or networks ({@code 10.0.0.0/8}) of our own proxies; only they
 * are believed when they say for whom a request is
 */
@ConfigurationProperties("qingfeng.proxies")
record ProxyProperties(@DefaultValue List<String> trusted) {

	ProxyProperties {
		trusted = List.copyOf(trusted);
	}

}
