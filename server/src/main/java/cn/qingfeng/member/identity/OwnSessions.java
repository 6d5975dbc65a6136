package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.identity.MemberSessionRepository.OwnSession;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * A person's own log-ins, to be seen and ended.
 */
@Service
class OwnSessions {

	private final MemberSessionRepository repository;

	private final MemberSessions sessions;

	private final Audit audit;

	private final Transactions transactions;

	private final MemberProperties properties;

	private final Clock clock;

	OwnSessions(MemberSessionRepository repository, MemberSessions sessions, Audit audit, Transactions transactions,
			MemberProperties properties, Clock clock) {
		this.repository = repository;
		this.sessions = sessions;
		this.audit = audit;
		this.transactions = transactions;
		this.properties = properties;
		this.clock = clock;
	}

	Mono<List<OwnSession>> list(UUID accountId) {
		Instant now = this.clock.instant();
		return this.repository.findOwn(accountId, now, now.minus(this.properties.idle()));
	}

	/** Somebody else's session is not found. */
	Mono<Void> end(UUID sessionId) {
		return CurrentMember.mono().flatMap((current) -> {
			Mono<UUID> ending = this.repository.deleteOwn(current.accountId(), sessionId)
				.switchIfEmpty(Mono.error(NotFoundProblem::new))
				.flatMap((account) -> noted(current).thenReturn(account));
			return this.transactions.inTransaction(ending);
		}).doOnNext(this.sessions::forget).then();
	}

	private Mono<Void> noted(CurrentMember current) {
		UUID memberId = current.boundMemberId();
		return this.audit.recordAs((memberId != null) ? "member" : "visitor", memberId, "member-session.revoke", null);
	}

	/** All but the one that asks. */
	Mono<Void> endOthers() {
		return CurrentMember.mono()
			.flatMap((current) -> this.repository.deleteOthers(current.accountId(), current.sessionId()))
			.doOnNext((accounts) -> accounts.forEach(this.sessions::forget))
			.then();
	}

}
