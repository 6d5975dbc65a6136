package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.InboxNotice;
import cn.qingfeng.push.InboxNotices;
import cn.qingfeng.quiz.correction.Corrections;
import cn.qingfeng.quiz.correction.RunningCorrection;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Scores attempts again when a key was corrected. Each batch is one transaction with its
 * new results, the old ones and the messages to those whose result changed, so a node may
 * die at any point and any node goes on.
 */
@Service
class Regrading {

	private static final int MOST_AT_ONCE = 200;

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(Regrading.class);

	private final Corrections corrections;

	private final PublishedRounds rounds;

	private final AttemptRepository attempts;

	private final RegradingRepository regradings;

	private final InboxNotices notices;

	private final Transactions transactions;

	private final Clock clock;

	Regrading(Corrections corrections, PublishedRounds rounds, AttemptRepository attempts,
			RegradingRepository regradings, InboxNotices notices, Transactions transactions, BackgroundLoops loops,
			Clock clock) {
		this.corrections = corrections;
		this.rounds = rounds;
		this.attempts = attempts;
		this.regradings = regradings;
		this.notices = notices;
		this.transactions = transactions;
		this.clock = clock;
		loops.start("quiz-regrading", LOOK, this::regradeNext);
	}

	/** A batch of each round; true when there may be more. */
	Mono<Boolean> regradeNext() {
		return this.corrections.running()
			.flatMapIterable((running) -> running)
			.concatMap(this::regradeSome)
			.reduce(false, (more, one) -> more || one);
	}

	private Mono<Boolean> regradeSome(RunningCorrection correction) {
		return this.rounds.get(correction.roundId())
			.flatMap((round) -> this.transactions.inTransaction(batch(correction, round)))
			.flatMap((done) -> (done > 0) ? Mono.just(done == MOST_AT_ONCE)
					: this.corrections.settle(correction).doOnNext((ended) -> tell(correction, ended)));
	}

	private static void tell(RunningCorrection correction, boolean ended) {
		if (ended) {
			log.info("round {} is scored by version {} of its key", correction.roundId(), correction.keyVersion());
		}
	}

	/** How many attempts it took. */
	private Mono<Integer> batch(RunningCorrection correction, PublishedRound round) {
		return this.regradings.lockOutdated(correction, MOST_AT_ONCE)
			.flatMap((locked) -> locked.isEmpty() ? Mono.just(0)
					: this.rounds.presentKey(round.id())
						.flatMap((key) -> rescore(correction, round, key, locked))
						.thenReturn(locked.size()));
	}

	private Mono<Void> rescore(RunningCorrection correction, PublishedRound round, AnswerKey key,
			List<Attempt> locked) {
		return this.attempts.findAnswered(locked.stream().map(Attempt::id).toList())
			.flatMap((answered) -> this.attempts.grade(grades(answered, key))
				.then(this.regradings.write(correction.id(), scores(answered, round, key), key.version(),
						this.clock.instant())))
			.flatMap((affected) -> this.notices.tell(notice(correction), affected));
	}

	private static List<Grade> grades(List<AnsweredAttempt> answered, AnswerKey key) {
		return answered.stream().flatMap((one) -> Grade.of(one, key).stream()).toList();
	}

	private static Map<UUID, Score> scores(List<AnsweredAttempt> answered, PublishedRound round, AnswerKey key) {
		return answered.stream().collect(Collectors.toMap((one) -> one.attempt().id(), (one) -> one.score(round, key)));
	}

	/** The reason stays out of it: it may tell of the key while papers are open. */
	private static InboxNotice notice(RunningCorrection correction) {
		return new InboxNotice(correction.id(), "答题成绩更正", "您的答题成绩已更正",
				"“%s”有一道题的答案作了更正，您的答卷已重新评分，请查看新的成绩。".formatted(correction.title()), "/m/#/pages/quiz/index",
				correction.proposedBy(), correction.approvedBy());
	}

}
