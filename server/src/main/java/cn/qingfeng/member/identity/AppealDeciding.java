package cn.qingfeng.member.identity;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.BindingAppealDecided;
import cn.qingfeng.member.identity.AppealDesk.Contested;
import cn.qingfeng.member.identity.AppealDesk.Decision;
import cn.qingfeng.member.identity.AppealDesk.Item;
import cn.qingfeng.member.identity.AppealDesk.Scope;
import cn.qingfeng.member.privacy.Consents;
import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.PersonalDataViews;
import cn.qingfeng.member.roster.RosterLookup;
import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.outbox.Outbox;
import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Staff of a unit decide to whom an entry of the roster belongs. Approving parts the
 * WeChat accounts that are bound to it, ends their sessions, voids the binding code that
 * may be about, and binds the appellant: all of it or nothing.
 */
@Service
class AppealDeciding {

	private static final Logger log = LoggerFactory.getLogger(AppealDeciding.class);

	private static final int SHORTEST_PURPOSE = 4;

	private final AppealDesk desk;

	private final Units units;

	private final RosterLookup roster;

	private final AccountRepository accounts;

	private final MemberSessions sessions;

	private final Consents consents;

	private final PersonalData personalData;

	private final PersonalDataViews views;

	private final Outbox outbox;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	AppealDeciding(AppealDesk desk, Units units, RosterLookup roster, AccountRepository accounts,
			MemberSessions sessions, Consents consents, PersonalData personalData, PersonalDataViews views,
			Outbox outbox, Audit audit, Transactions transactions, Clock clock) {
		this.desk = desk;
		this.units = units;
		this.roster = roster;
		this.accounts = accounts;
		this.sessions = sessions;
		this.consents = consents;
		this.personalData = personalData;
		this.views = views;
		this.outbox = outbox;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	Mono<List<Item>> list(@Nullable String state, UUID before, int limit) {
		return scope().flatMap((scope) -> this.desk.list(scope, state, before, limit));
	}

	/** The member whom the appeal fits can read afterwards who looked. */
	Mono<String> viewContact(UUID id, String purpose) {
		return find(id).doOnNext((item) -> requirePurpose(purpose))
			.flatMap((item) -> this.transactions.inTransaction(viewed(item, purpose.strip())))
			.then(Mono.defer(() -> this.desk.contact(id)))
			.map((sealed) -> this.personalData.open(sealed, AppealRepository.CONTACT + id));
	}

	/** Once only. */
	Mono<Item> decide(UUID id, boolean approved, String answer) {
		new Violations().require(!answer.isBlank(), "answer", "请填写给申诉人的答复").throwIfAny();
		Decision decision = new Decision(approved, answer.strip(), this.clock.instant());
		return find(id).then(CurrentStaff.mono())
			.flatMap((staff) -> this.transactions.inTransaction(this.desk.lock(id)
				.filter((contested) -> contested.state().equals("OPEN"))
				.switchIfEmpty(Mono.error(ConflictProblem::new))
				.flatMap((contested) -> approved ? approve(id, contested, decision, staff.staffId())
						: reject(id, contested, decision, staff.staffId()))))
			.doOnNext((parted) -> parted.forEach(this.sessions::forget))
			.then(Mono.defer(() -> find(id)));
	}

	private Mono<List<UUID>> approve(UUID id, Contested contested, Decision decision, UUID staffId) {
		UUID memberId = contested.memberId();
		if (memberId == null) {
			return Mono.error(cannotBeBound());
		}
		return this.roster.lockActive(memberId)
			.switchIfEmpty(Mono.error(AppealDeciding::cannotBeBound))
			.then(Mono.defer(() -> this.accounts.lock(contested.accountId(), memberId)))
			.flatMap((involved) -> handOver(contested, memberId, involved, decision))
			.flatMap((parted) -> this.desk.decide(id, decision, staffId, parted).thenReturn(parted))
			.flatMap((parted) -> told(id, memberId, decision).thenReturn(parted));
	}

	/** The accounts that are parted. */
	private Mono<List<UUID>> handOver(Contested contested, UUID memberId, List<Account> involved, Decision decision) {
		Account appellant = involved.stream()
			.filter((each) -> each.id().equals(contested.accountId()))
			.findFirst()
			.orElseThrow(ConflictProblem::new);
		if (appellant.memberId() != null && !memberId.equals(appellant.memberId())) {
			return Mono.error(new AccountBoundProblem());
		}
		List<UUID> others = involved.stream()
			.filter((each) -> memberId.equals(each.memberId()) && !appellant.isSamePerson(each))
			.map(Account::id)
			.toList();
		return this.accounts.expel(memberId, others)
			.then(Mono.defer(() -> this.accounts.join(appellant.id(), memberId, decision.at())))
			.then(Mono.defer(() -> this.accounts.joinUnion(appellant, memberId, decision.at())))
			.then(Mono.defer(() -> this.consents.record(memberId, contested.privacyNotice())))
			.thenReturn(others);
	}

	private Mono<List<UUID>> reject(UUID id, Contested contested, Decision decision, UUID staffId) {
		UUID memberId = contested.memberId();
		Mono<Void> told = (memberId != null) ? told(id, memberId, decision)
				: this.audit.record("binding-appeal.reject", id.toString());
		return this.desk.decide(id, decision, staffId, List.of()).then(told).thenReturn(List.of());
	}

	private Mono<Void> told(UUID id, UUID memberId, Decision decision) {
		return this.outbox.publish(new BindingAppealDecided(id, memberId, decision.approved(), decision.at()))
			.then(Mono
				.defer(() -> this.audit.record(decision.approved() ? "binding-appeal.approve" : "binding-appeal.reject",
						id.toString(), "member " + memberId)))
			.then(LogContext
				.line(() -> log.info("binding appeal {} was {}", id, decision.approved() ? "approved" : "rejected")));
	}

	private Mono<Void> viewed(Item item, String purpose) {
		UUID memberId = item.memberId();
		return (memberId != null) ? this.views.record(List.of(memberId), "appeal-contact", purpose)
				: this.audit.record("binding-appeal.view-contact", item.id().toString(), purpose);
	}

	private static void requirePurpose(String purpose) {
		new Violations().require(purpose.strip().length() >= SHORTEST_PURPOSE, "purpose", "请写明查看联系电话的目的").throwIfAny();
	}

	private Mono<Item> find(UUID id) {
		return scope().flatMap((scope) -> this.desk.find(scope, id)).switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	private Mono<Scope> scope() {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.units.tree()
				.map((tree) -> new Scope(tree.scope(staff.units()), staff.units().isEmpty())));
	}

	private static Problem cannotBeBound() {
		return Violations.of("verdict", "名册中没有与之相符的在册党员，只能驳回");
	}

}
