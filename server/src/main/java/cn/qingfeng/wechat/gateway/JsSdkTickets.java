package cn.qingfeng.wechat.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;

import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.platform.security.Tokens;
import cn.qingfeng.wechat.JsSdkSignature;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Signs pages with the ticket that all nodes share, for WeChat hands out very few.
 */
@Component
public class JsSdkTickets {

	private final WechatCalls calls;

	private final PublicAccount account;

	private final SharedCredential ticket;

	private final Clock clock;

	JsSdkTickets(WechatCalls calls, PublicAccount account, WechatProperties properties, RedisGate redis, Clock clock) {
		this.calls = calls;
		this.account = account;
		this.clock = clock;
		CredentialStore store = new CredentialStore(redis, properties.mp().appId(), properties.mp().secret());
		this.ticket = new SharedCredential("jsapi-ticket", store, (force) -> fetch(), clock);
	}

	public Mono<WechatOutcome<JsSdkSignature>> sign(String url) {
		return this.ticket.current()
			.<WechatOutcome<JsSdkSignature>>map((current) -> new WechatOutcome.Done<>(signed(current.value(), url)))
			.onErrorResume(CredentialRefusedException.class, (refused) -> Mono.just(refused.outcome()));
	}

	static String signature(String ticket, String nonce, long timestamp, String url) {
		String text = "jsapi_ticket=%s&noncestr=%s&timestamp=%d&url=%s".formatted(ticket, nonce, timestamp, url);
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JsSdkSignature signed(String value, String url) {
		int fragment = url.indexOf('#');
		String page = (fragment < 0) ? url : url.substring(0, fragment);
		long timestamp = this.clock.instant().getEpochSecond();
		String nonce = Tokens.random().replaceAll("[-_]", "");
		return new JsSdkSignature(this.account.appId(), timestamp, nonce, signature(value, nonce, timestamp, page));
	}

	private Mono<Credential> fetch() {
		return this.calls.make(WechatCall.repeatable(Endpoint.JS_TICKET, this.account::ticket)).map(this::credential);
	}

	private Credential credential(WechatOutcome<PublicAccount.Ticket> outcome) {
		return switch (outcome) {
			case WechatOutcome.Done<PublicAccount.Ticket> done -> credential(done.value());
			case WechatOutcome.Refused<PublicAccount.Ticket> refused -> throw new CredentialRefusedException(
					refused.errorClass(), refused.code(), refused.message(), refused.rid());
			case WechatOutcome.Unknown<PublicAccount.Ticket> unknown ->
				throw CredentialRefusedException.unreachable("no ticket: " + unknown.reason());
		};
	}

	private Credential credential(PublicAccount.Ticket ticket) {
		return new Credential(ticket.value(), this.clock.instant().plus(ticket.life()));
	}

}
