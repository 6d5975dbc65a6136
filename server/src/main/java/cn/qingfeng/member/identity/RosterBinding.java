package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.privacy.Consents;
import cn.qingfeng.member.roster.BindingCode;
import cn.qingfeng.member.roster.PersonName;
import cn.qingfeng.member.roster.RosterLookup;
import cn.qingfeng.platform.limit.GuessLimit;
import cn.qingfeng.platform.limit.Guesses;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.staff.Audit;
import cn.qingfeng.wechat.WechatGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Joins a WeChat account to an entry of the roster, and parts them. Proof of being that
 * person is the phone number that WeChat vouches for, or a code that the unit handed
 * over, each together with the name. Who has no proof learns nothing about who is a
 * member.
 */
@Service
class RosterBinding {

	private static final Logger log = LoggerFactory.getLogger(RosterBinding.class);

	private static final GuessLimit PER_ACCOUNT = new GuessLimit(5, Duration.ofMinutes(15), List.of(), true);

	private final WechatGateway gateway;

	private final RosterLookup roster;

	private final AccountRepository accounts;

	private final MemberSessions sessions;

	private final Consents consents;

	private final Guesses guesses;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	RosterBinding(WechatGateway gateway, RosterLookup roster, AccountRepository accounts, MemberSessions sessions,
			Consents consents, Guesses guesses, Audit audit, Transactions transactions, Clock clock) {
		this.gateway = gateway;
		this.roster = roster;
		this.accounts = accounts;
		this.sessions = sessions;
		this.consents = consents;
		this.guesses = guesses;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	Mono<MemberProfile> bind(Bind command) {
		return CurrentMember.mono().flatMap((current) -> {
			UUID accountId = current.accountId();
			Mono<MemberProfile> binding = findMember(command).flatMap((memberId) -> join(accountId, memberId, command))
				.then(Mono.defer(() -> this.accounts.findProfile(accountId)))
				.switchIfEmpty(Mono.error(RosterNoMatchProblem::new));
			return this.guesses.limited("binding|" + accountId, PER_ACCOUNT, binding, RosterBinding::isWrongGuess);
		});
	}

	Mono<Void> unbind() {
		return CurrentMember.memberId().flatMap((memberId) -> {
			Mono<Void> parting = this.accounts.part(memberId)
				.then(Mono.defer(() -> this.audit.recordAs("member", memberId, "binding.undo", memberId.toString())));
			return this.transactions.inTransaction(parting);
		}).then(CurrentMember.mono()).doOnNext((current) -> this.sessions.forget(current.accountId())).then();
	}

	private Mono<UUID> findMember(Bind command) {
		if (command.bindingCode() != null) {
			return this.roster.findByBindingCode(command.bindingCode(), command.name())
				.switchIfEmpty(Mono.error(RosterNoMatchProblem::new));
		}
		return this.gateway.phoneNumber(String.valueOf(command.phoneCode()))
			.map((outcome) -> WechatAnswers.require(outcome, RosterBinding::phoneCodeRefused))
			.flatMap((phone) -> this.roster.findByPhone(phone.countryCode(), phone.number(), command.name()))
			.switchIfEmpty(Mono.error(RosterNoMatchProblem::new));
	}

	private Mono<Void> join(UUID accountId, UUID memberId, Bind command) {
		Mono<Void> joining = this.roster.lockActive(memberId)
			.switchIfEmpty(Mono.error(RosterNoMatchProblem::new))
			.then(Mono.defer(() -> this.accounts.lock(accountId, memberId)))
			.flatMap((involved) -> join(accountId, memberId, involved, command));
		return this.transactions.inTransaction(joining)
			.onErrorMap(DuplicateKeyException.class, (ex) -> new AlreadyBoundProblem())
			.doOnSuccess((done) -> this.sessions.forget(accountId));
	}

	private Mono<Void> join(UUID accountId, UUID memberId, List<Account> involved, Bind command) {
		Account account = involved.stream()
			.filter((each) -> each.id().equals(accountId))
			.findFirst()
			.orElseThrow(UnauthenticatedProblem::new);
		List<Account> ofMember = involved.stream().filter((each) -> memberId.equals(each.memberId())).toList();
		return switch (BindingDecision.of(account, memberId, ofMember)) {
			case JOINED -> this.consents.record(memberId, command.privacyNotice());
			case ACCOUNT_TAKEN -> Mono.error(AccountBoundProblem::new);
			case MEMBER_TAKEN -> Mono.error(AlreadyBoundProblem::new);
			case JOIN -> joinNow(account, memberId, command);
		};
	}

	private Mono<Void> joinNow(Account account, UUID memberId, Bind command) {
		Instant now = this.clock.instant();
		return useUp(command.bindingCode()).then(Mono.defer(() -> this.accounts.join(account.id(), memberId, now)))
			.then(Mono.defer(() -> this.accounts.joinUnion(account, memberId, now)))
			.then(Mono.defer(() -> this.consents.record(memberId, command.privacyNotice())))
			.then(Mono.defer(() -> this.audit.recordAs("member", memberId, "binding.make", memberId.toString())))
			.then(LogContext.line(() -> log.info("member {} bound by {}", memberId, command.means())));
	}

	private Mono<Void> useUp(@Nullable BindingCode code) {
		if (code == null) {
			return Mono.empty();
		}
		return this.roster.useUp(code)
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(RosterNoMatchProblem::new))
			.then();
	}

	private static Problem phoneCodeRefused() {
		return Violations.of("phoneCode", "手机号授权已失效，请重新授权");
	}

	/** A stale phone code counts too: each costs a call to WeChat. */
	private static boolean isWrongGuess(Throwable error) {
		return error instanceof RosterNoMatchProblem
				|| error instanceof Problem problem && problem.name().equals("invalid-request");
	}

	/**
	 * Somebody says who they are.
	 *
	 * @param name of the person
	 * @param phoneCode from WeChat's phone-number button, or null
	 * @param bindingCode from the unit, or null
	 * @param privacyNotice version that the person agreed to, if asked
	 */
	record Bind(PersonName name, @Nullable String phoneCode, @Nullable BindingCode bindingCode,
			@Nullable String privacyNotice) {

		Bind {
			if ((phoneCode == null) == (bindingCode == null)) {
				throw Violations.of("phoneCode", "手机号授权和绑定码须且只须提供一项");
			}
		}

		String means() {
			return (this.bindingCode != null) ? "binding code" : "phone";
		}

		@Override
		public String toString() {
			return "Bind[***]";
		}

	}

}
