package cn.qingfeng.platform.warmup;

import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.platform.security.Tokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The session of a member whom nobody is and who owns nothing. Its secret is random,
 * stays in this process and is forgotten before the node is ready.
 */
@Component
class WarmUpSession implements SessionAuthenticator {

	private final CurrentMember nobody = new CurrentMember(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

	private volatile @Nullable String secret;

	String open() {
		String opened = Tokens.random();
		this.secret = opened;
		return opened;
	}

	void close() {
		this.secret = null;
	}

	@Override
	public Realm realm() {
		return Realm.MEMBER;
	}

	@Override
	public Mono<CurrentMember> authenticate(String token) {
		return Mono.justOrEmpty(remembered(token));
	}

	@Override
	public Optional<CurrentMember> remembered(String token) {
		String open = this.secret;
		return (open != null && Tokens.same(open, token)) ? Optional.of(this.nobody) : Optional.empty();
	}

}
