package cn.qingfeng.quiz.round;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.Banks;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A draft of this month's round, so that there is always one to publish.
 */
@Component
@Order(RoundSeeds.ORDER)
class RoundSeeds implements SeedLoader {

	static final int ORDER = 310;

	private static final String LAST_DAY = "LAST";

	private final RoundRepository rounds;

	private final Banks banks;

	private final IdGenerator ids;

	private final Clock clock;

	RoundSeeds(RoundRepository rounds, Banks banks, IdGenerator ids, Clock clock) {
		this.rounds = rounds;
		this.banks = banks;
		this.ids = ids;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "quizzes";
	}

	@Override
	public String edition(Clock clock) {
		return YearMonth.from(BusinessTime.today(clock)).toString();
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		YearMonth month = YearMonth.from(BusinessTime.today(this.clock));
		return Flux.fromIterable(seeds.yaml("quizzes/monthly.yaml", RoundFile.class).rounds())
			.filter((entry) -> entry.month() == month.getMonthValue())
			.concatMap((entry) -> add(entry, month))
			.then();
	}

	private Mono<Boolean> add(RoundFile.Entry entry, YearMonth month) {
		Set<String> keys = entry.rules().stream().map(RoundFile.EntryRule::bank).collect(Collectors.toSet());
		return this.banks.idsByKey(keys)
			.map((banks) -> Round.draft(new RoundId(this.ids.next()), definition(entry, month, banks)))
			.flatMap((round) -> this.rounds.add(round, entry.key() + "@" + month.getYear(), null));
	}

	private static RoundDefinition definition(RoundFile.Entry entry, YearMonth month, Map<String, UUID> banks) {
		LocalDate lastDay = LAST_DAY.equals(entry.closesOn()) ? month.atEndOfMonth()
				: month.atDay(Integer.parseInt(entry.closesOn()));
		String title = entry.title().replace("{{year}}", String.valueOf(month.getYear()));
		return new RoundDefinition(title, entry.description(), startOf(month.atDay(entry.opensOn())),
				startOf(lastDay.plusDays(1)), entry.timeLimitMinutes(), entry.attempts(), entry.passMark(),
				entry.reviewPolicy(), entry.rules().stream().map((rule) -> rule(rule, banks)).toList());
	}

	private static Rule rule(RoundFile.EntryRule rule, Map<String, UUID> banks) {
		UUID bank = Objects.requireNonNull(banks.get(rule.bank()), () -> "no question bank " + rule.bank());
		return new Rule(bank, rule.count(), Objects.requireNonNullElse(rule.kinds(), Set.of()),
				Objects.requireNonNullElse(rule.difficulties(), Set.of()));
	}

	private static Instant startOf(LocalDate day) {
		return day.atStartOfDay(BusinessTime.ZONE).toInstant();
	}

}
