package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.member.BindingContested;
import cn.qingfeng.member.identity.AppealRepository.Standing;
import cn.qingfeng.member.privacy.Phone;
import cn.qingfeng.member.roster.PersonName;
import cn.qingfeng.member.roster.RosterLookup;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.outbox.Outbox;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.TooManyRequestsProblem;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentMember;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Takes appeals of those whose entry of the roster somebody else has bound. An appeal is
 * stored and answered alike whether it fits anybody or not, with the same work, so that
 * nobody learns who is a member.
 */
@Service
class Appealing {

	private static final Logger log = LoggerFactory.getLogger(Appealing.class);

	private static final int A_DAY = 3;

	private static final String CHINA = "86";

	private final RosterLookup roster;

	private final AppealRepository appeals;

	private final Outbox outbox;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Clock clock;

	Appealing(RosterLookup roster, AppealRepository appeals, Outbox outbox, Transactions transactions, IdGenerator ids,
			Clock clock) {
		this.roster = roster;
		this.appeals = appeals;
		this.outbox = outbox;
		this.transactions = transactions;
		this.ids = ids;
		this.clock = clock;
	}

	Mono<BindingAppeal> submit(NewAppeal appeal) {
		return CurrentMember.mono()
			.flatMap((current) -> this.roster.findByPhone(CHINA, appeal.phone().digits(), appeal.name())
				.map(Optional::of)
				.defaultIfEmpty(Optional.empty())
				.flatMap((memberId) -> this.transactions
					.inTransaction(store(current.accountId(), memberId.orElse(null), appeal))));
	}

	Mono<List<BindingAppeal>> list() {
		return CurrentMember.mono().flatMap((current) -> this.appeals.ofAccount(current.accountId()));
	}

	private Mono<BindingAppeal> store(UUID accountId, @Nullable UUID memberId, NewAppeal appeal) {
		UUID id = this.ids.next();
		Instant now = this.clock.instant();
		return this.appeals.standing(accountId, now.minus(Duration.ofDays(1)))
			.switchIfEmpty(Mono.error(UnauthenticatedProblem::new))
			.doOnNext(Appealing::requireAllowed)
			.then(Mono.defer(() -> this.appeals.insert(id, accountId, memberId, appeal, now)))
			.switchIfEmpty(Mono.error(AppealOpenProblem::new))
			.flatMap((bound) -> this.outbox.publish(new BindingContested(id, bound ? memberId : null, now)))
			.then(LogContext.line(() -> log.info("binding appeal {} was received", id)))
			.thenReturn(new BindingAppeal(id, "OPEN", true, now, null, null));
	}

	private static void requireAllowed(Standing standing) {
		if (standing.memberId() != null) {
			throw new AccountBoundProblem();
		}
		if (standing.open()) {
			throw new AppealOpenProblem();
		}
		if (standing.recent() >= A_DAY) {
			throw new TooManyRequestsProblem().with(Problem.RETRY_AFTER, Duration.ofDays(1).toSeconds());
		}
	}

	/**
	 * What somebody says.
	 *
	 * @param name of the person
	 * @param phone that the roster has
	 * @param reason in their own words
	 * @param contact where the unit can ask back
	 * @param privacyNotice version that the person agreed to, if asked
	 */
	record NewAppeal(PersonName name, Phone phone, String reason, Phone contact, @Nullable String privacyNotice) {

		/** Reads what somebody typed, or throws what is wrong with it. */
		static NewAppeal of(String name, String phone, String reason, String contact, @Nullable String privacyNotice) {
			PersonName plain = PersonName.of(name);
			Optional<Phone> known = Phone.parse(phone);
			Optional<Phone> reachable = Phone.parse(contact);
			new Violations().require(!plain.value().isEmpty(), "name", "请填写姓名")
				.require(known.isPresent(), "phone", "请填写 11 位手机号码")
				.require(!reason.isBlank(), "reason", "请填写申诉理由")
				.require(reachable.isPresent(), "contact", "请填写 11 位手机号码")
				.throwIfAny();
			return new NewAppeal(plain, known.orElseThrow(), reason.strip(), reachable.orElseThrow(), privacyNotice);
		}

		@Override
		public String toString() {
			return "NewAppeal[***]";
		}

	}

}
