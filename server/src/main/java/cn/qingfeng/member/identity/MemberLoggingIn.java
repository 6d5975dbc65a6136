package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.Tokens;
import cn.qingfeng.staff.Audit;
import cn.qingfeng.wechat.MiniProgramIdentity;
import cn.qingfeng.wechat.WebIdentity;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Logging in with what WeChat vouches for, and out.
 */
@Service
class MemberLoggingIn {

	private final WechatGateway gateway;

	private final WechatProperties wechat;

	private final AccountRepository accounts;

	private final MemberSessionRepository sessions;

	private final MemberSessions authenticator;

	private final Audit audit;

	private final Transactions transactions;

	private final MemberProperties properties;

	private final Clock clock;

	MemberLoggingIn(WechatGateway gateway, WechatProperties wechat, AccountRepository accounts,
			MemberSessionRepository sessions, MemberSessions authenticator, Audit audit, Transactions transactions,
			MemberProperties properties, Clock clock) {
		this.gateway = gateway;
		this.wechat = wechat;
		this.accounts = accounts;
		this.sessions = sessions;
		this.authenticator = authenticator;
		this.audit = audit;
		this.transactions = transactions;
		this.properties = properties;
		this.clock = clock;
	}

	/** With the code of {@code wx.login}. */
	Mono<LoggedIn> fromMiniProgram(String code) {
		return this.gateway.loginToMiniProgram(code)
			.map((outcome) -> WechatAnswers.require(outcome, WechatCodeRefusedProblem::new))
			.flatMap(this::begin);
	}

	/** With the code that the consent page of the public account gave. */
	Mono<LoggedIn> fromWeb(String code) {
		return this.gateway.oauthLogin(code)
			.map((outcome) -> WechatAnswers.require(outcome, WechatCodeRefusedProblem::new))
			.flatMap(this::begin);
	}

	Mono<Void> logOut() {
		return CurrentMember.mono().flatMap((current) -> {
			Mono<Void> ending = this.sessions.delete(current.sessionId())
				.then(noted("member-session.end", current.boundMemberId()));
			return this.transactions.inTransaction(ending)
				.doOnSuccess((done) -> this.authenticator.forget(current.accountId()));
		});
	}

	private Mono<LoggedIn> begin(MiniProgramIdentity identity) {
		return begin(this.wechat.miniProgram().appId(), identity.openid(), identity.unionid());
	}

	private Mono<LoggedIn> begin(WebIdentity identity) {
		return identity.snapshot() ? Mono.error(SnapshotVisitorProblem::new)
				: begin(this.wechat.mp().appId(), identity.openid(), identity.unionid());
	}

	private Mono<LoggedIn> begin(String appid, String openid, @Nullable String unionid) {
		Instant now = this.clock.instant();
		Instant expiresAt = now.plus(this.properties.absolute());
		String token = Tokens.random();
		Mono<LoggedIn> beginning = this.accounts.signIn(appid, openid, unionid, now)
			.flatMap((account) -> joinByUnion(account, now).then(Device.current())
				.flatMap((device) -> this.sessions.insert(account.id(), token, device, now, expiresAt))
				.then(Mono.defer(() -> profile(account))))
			.map((profile) -> new LoggedIn(token, expiresAt, profile.orElse(null)))
			.flatMap((loggedIn) -> noted("member-session.begin", loggedIn.memberId()).thenReturn(loggedIn));
		return this.transactions.inTransaction(beginning);
	}

	/** Who is bound in one app is known in the others when WeChat says it is the same. */
	private Mono<Void> joinByUnion(Account account, Instant now) {
		if (account.memberId() != null || account.unionid() == null) {
			return Mono.empty();
		}
		return this.accounts.findMemberByUnion(account)
			.flatMap((memberId) -> this.accounts.join(account.id(), memberId, now));
	}

	/** Who is not bound leaves no id: nothing of an erased account may stay behind. */
	private Mono<Void> noted(String action, @Nullable UUID memberId) {
		return this.audit.recordAs((memberId != null) ? "member" : "visitor", memberId, action, null);
	}

	private Mono<Optional<MemberProfile>> profile(Account account) {
		return this.accounts.findProfile(account.id()).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	/**
	 * Somebody is in.
	 *
	 * @param token to be sent with each request; told only now
	 * @param expiresAt when it ends at the latest
	 * @param member who, null until bound
	 */
	record LoggedIn(String token, Instant expiresAt, @Nullable MemberProfile member) {

		@Nullable UUID memberId() {
			return (this.member != null) ? this.member.id() : null;
		}

		@Override
		public String toString() {
			return "LoggedIn[***]";
		}

	}

}
