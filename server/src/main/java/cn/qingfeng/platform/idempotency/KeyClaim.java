package cn.qingfeng.platform.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import cn.qingfeng.platform.security.Tokens;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * A key of one caller, and what it stands for.
 *
 * @param caller who
 * @param key as sent
 * @param requestDigest of method, path and body
 */
record KeyClaim(String caller, String key, byte[] requestDigest) {

	static KeyClaim of(ServerWebExchange exchange, String caller, String key, byte[] body) {
		ServerHttpRequest request = exchange.getRequest();
		MessageDigest digest = Tokens.sha256();
		digest.update((request.getMethod() + " " + request.getPath().value() + "\n").getBytes(StandardCharsets.UTF_8));
		return new KeyClaim(caller, key, digest.digest(body));
	}

}
