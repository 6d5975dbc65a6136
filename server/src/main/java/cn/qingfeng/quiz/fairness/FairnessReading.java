package cn.qingfeng.quiz.fairness;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.member.StaffScope;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.fairness.FairnessReadModel.Alike;
import cn.qingfeng.quiz.fairness.FairnessReadModel.Device;
import cn.qingfeng.quiz.fairness.FairnessReadModel.Pace;
import cn.qingfeng.quiz.fairness.Finding.Kind;
import cn.qingfeng.quiz.fairness.Finding.SuspectAttempt;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.quiz.round.QuizRunningProblem;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Gathers what looks odd in a round that is over, and forgets the marks of devices when
 * nobody needs them any more.
 */
@Service
class FairnessReading {

	private static final Duration FORGET = Duration.ofHours(1);

	private final PublishedRounds rounds;

	private final FairnessReadModel figures;

	private final FairnessProperties limits;

	private final Members members;

	private final StaffScope scope;

	private final Audit audit;

	private final Clock clock;

	FairnessReading(PublishedRounds rounds, FairnessReadModel figures, FairnessProperties limits, Members members,
			StaffScope scope, Audit audit, BackgroundLoops loops, Clock clock) {
		this.rounds = rounds;
		this.figures = figures;
		this.limits = limits;
		this.members = members;
		this.scope = scope;
		this.audit = audit;
		this.clock = clock;
		loops.start("quiz-origins", FORGET, this::forgetOrigins);
	}

	/** 404 for no published round, 409 until it is over. */
	Mono<Evidence> of(RoundId id) {
		return this.rounds.get(id)
			.filter((round) -> round.isOver(this.clock.instant()))
			.switchIfEmpty(Mono.error(QuizRunningProblem::new))
			.then(Mono.defer(() -> this.audit.record("quiz.fairness.read", id.toString())))
			.then(Mono.defer(() -> this.figures.participants(id)))
			.flatMap((participants) -> (participants < SmallGroups.SMALLEST)
					? Mono.just(new Evidence(true, List.of(), Map.of())) : found(id));
	}

	/** True when there may be more. */
	Mono<Boolean> forgetOrigins() {
		return this.figures.eraseOrigins(this.clock.instant().minus(this.limits.originsKept()));
	}

	private Mono<Evidence> found(RoundId id) {
		return Mono.zip(this.figures.tooFast(id), this.figures.alike(id), this.figures.devices(id))
			.flatMap((found) -> evidence(suspicions(found.getT1(), found.getT2(), found.getT3())));
	}

	private Mono<Evidence> evidence(List<Suspicion> suspicions) {
		Set<UUID> ids = suspicions.stream()
			.flatMap((suspicion) -> suspicion.attempts().stream())
			.collect(Collectors.toSet());
		return this.figures.attempts(ids)
			.flatMap((attempts) -> Mono
				.zip(this.scope.units(),
						this.members.names(attempts.values().stream().map(SuspectAttempt::memberId).toList()))
				.map((known) -> evidence(suspicions, attempts, known.getT1(), known.getT2())));
	}

	/** What is about nobody of these units is left out, and so are the others in it. */
	private static Evidence evidence(List<Suspicion> suspicions, Map<UUID, SuspectAttempt> attempts, Set<UUID> units,
			Map<UUID, MemberName> names) {
		List<Finding> findings = suspicions.stream().map((suspicion) -> {
			List<SuspectAttempt> shown = suspicion.attempts()
				.stream()
				.map(attempts::get)
				.filter(Objects::nonNull)
				.filter((attempt) -> isOf(units, names.get(attempt.memberId())))
				.toList();
			return new Finding(suspicion.kind(), suspicion.reason(), shown);
		}).filter((finding) -> !finding.attempts().isEmpty()).toList();
		return new Evidence(false, findings, names);
	}

	private static boolean isOf(Set<UUID> units, @Nullable MemberName name) {
		return name != null && units.contains(name.unitId().value());
	}

	private List<Suspicion> suspicions(List<Pace> fast, List<Alike> alike, List<Device> devices) {
		List<Suspicion> suspicions = new ArrayList<>();
		fast.forEach((one) -> suspicions.add(new Suspicion(Kind.PACE, List.of(one.id()),
				"用 %.0f 秒答了 %d 题，平均每题 %.1f 秒，低于正常读题所需的 %.1f 秒。也可能是事先练熟了题目。".formatted(one.seconds(), one.answers(),
						one.each().toMillis() / 1000.0, this.limits.pace().toMillis() / 1000.0))));
		alike.forEach((pair) -> suspicions.add(new Suspicion(Kind.ALIKE, List.of(pair.one(), pair.other()),
				"两份答卷有 %d 题在 %d 秒之内先后给出同样的答案，占较短一份的 %d%%；各人题序不同，很难是巧合。也可能是坐在一起讨论着作答。".formatted(pair.alike(),
						this.limits.moment().toSeconds(), pair.alike() * 100 / pair.answers()))));
		devices.forEach((device) -> suspicions.add(new Suspicion(Kind.DEVICE, device.ids(),
				"%d 个人从同一网络、同一型号的手机开始作答，可能是一部手机替多人答题；也可能只是同一办公室统一配发的手机。".formatted(device.members()))));
		return suspicions;
	}

	/**
	 * All that was found.
	 *
	 * @param tooFew so few took part that nothing is told
	 * @param findings in the order of their kinds
	 * @param names of the members
	 */
	record Evidence(boolean tooFew, List<Finding> findings, Map<UUID, MemberName> names) {

		Evidence {
			findings = List.copyOf(findings);
			names = Map.copyOf(names);
		}

	}

	private record Suspicion(Kind kind, List<UUID> attempts, String reason) {

		Suspicion {
			attempts = List.copyOf(attempts);
		}

	}

}
