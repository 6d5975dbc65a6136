package cn.qingfeng.push.consent;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.push.PushProperties;
import cn.qingfeng.wechat.WechatAccount;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The consents of the member who asks. They belong to the mini-program, the only page
 * that can ask for them; who never opened it has none.
 */
@Service
class OwnConsents {

	private final ConsentWallet wallet;

	private final Members members;

	private final PushProperties properties;

	private final Transactions transactions;

	private final Clock clock;

	OwnConsents(ConsentWallet wallet, Members members, PushProperties properties, Transactions transactions,
			Clock clock) {
		this.wallet = wallet;
		this.members = members;
		this.properties = properties;
		this.transactions = transactions;
		this.clock = clock;
	}

	Mono<List<Consent>> all() {
		return openid().flatMap((openid) -> openid.map(this.wallet::of).orElseGet(this::none));
	}

	/**
	 * Remembers what the popup answered, as the phone tells it.
	 * @param answers by template
	 */
	Mono<List<Consent>> report(Map<String, Answer> answers) {
		return requireKnown(answers).then(openid())
			.flatMap((openid) -> openid.map((person) -> note(person, answers)).orElseGet(this::none))
			.as(this.transactions::inTransaction);
	}

	private Mono<List<Consent>> note(String openid, Map<String, Answer> answers) {
		return Flux.fromIterable(answers.entrySet())
			.concatMap((each) -> this.wallet.note(openid, each.getKey(), each.getValue(), this.clock.instant()))
			.then(this.wallet.of(openid));
	}

	private Mono<Optional<String>> openid() {
		return CurrentMember.memberId()
			.flatMap((member) -> this.members.openids(new MemberId(member)))
			.map((openids) -> Optional.ofNullable(openids.get(WechatAccount.MINI_PROGRAM)));
	}

	private Mono<List<Consent>> none() {
		PushProperties.SubscriptionTemplate template = this.properties.subscription();
		return Mono.just((template != null) ? List.of(ConsentWallet.Standing.NEVER_ASKED.of(template)) : List.of());
	}

	private Mono<Void> requireKnown(Map<String, Answer> answers) {
		PushProperties.SubscriptionTemplate template = this.properties.subscription();
		boolean known = answers.keySet().stream().allMatch((id) -> template != null && id.equals(template.id()));
		return known ? Mono.empty() : Mono.error(OwnConsents::unknownTemplate);
	}

	private static Problem unknownTemplate() {
		return Violations.of("results.templateId", "没有这个订阅消息模板");
	}

}
