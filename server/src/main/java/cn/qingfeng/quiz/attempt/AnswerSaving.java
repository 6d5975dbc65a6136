package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.attempt.AttemptRepository.NewAnswer;
import cn.qingfeng.quiz.attempt.AttemptRepository.Saving;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Autosave: one answer a request, many requests a statement, each answered when its row
 * is durable.
 */
@Service
class AnswerSaving {

	private static final int LANES = 4;

	private static final int MOST_AT_ONCE = 256;

	private final Sheets sheets;

	private final AttemptRepository attempts;

	private final Clock clock;

	private final NaturalBatcher<NewAnswer, Saving> batcher;

	AnswerSaving(Sheets sheets, AttemptRepository attempts, Clock clock, MeterRegistry meters) {
		this.sheets = sheets;
		this.attempts = attempts;
		this.clock = clock;
		this.batcher = new NaturalBatcher<>("quiz-answers", LANES, MOST_AT_ONCE, this::store, meters);
	}

	/**
	 * Stores one answer of the member's own attempt.
	 * @param answer what the phone sent
	 * @param memberId whose attempt it must be
	 * @return completes when durable; 404 for what is not on the paper, 422 for options
	 * that are not, 409 when too late or stale
	 */
	Mono<Void> save(GivenAnswer answer, UUID memberId) {
		return this.sheets.own(answer.attemptId(), memberId)
			.flatMap((sheet) -> sheet.attempt().isOverdue(this.clock.instant())
					? this.sheets.reloaded(answer.attemptId(), memberId) : Mono.just(sheet))
			.map((sheet) -> read(answer, sheet))
			.flatMap(this.batcher::submit)
			.flatMap(AnswerSaving::verdict);
	}

	private NewAnswer read(GivenAnswer answer, Sheet sheet) {
		PaperQuestion question = sheet.paper().question(answer.questionId()).orElseThrow(NotFoundProblem::new);
		int options = question.bits(answer.optionIds());
		String text = question.text(answer.text());
		if (sheet.attempt().isOverdue(this.clock.instant())) {
			throw new AttemptClosedProblem();
		}
		return new NewAnswer(answer.attemptId(), answer.questionId(), options, text,
				(answer.version() != null) ? answer.version() : 0);
	}

	private static Mono<Void> verdict(Saving saving) {
		return switch (saving) {
			case SAVED -> Mono.empty();
			case STALE -> Mono.error(StaleAnswerProblem::new);
			case CLOSED -> Mono.error(AttemptClosedProblem::new);
		};
	}

	/**
	 * One statement cannot write a row twice, so a repeated question waits for the next.
	 */
	private Mono<List<Saving>> store(List<NewAnswer> answers) {
		List<List<Integer>> waves = waves(answers);
		return Flux.fromIterable(waves)
			.concatMap((wave) -> this.attempts.save(wave.stream().map(answers::get).toList(), this.clock.instant()))
			.collectList()
			.map((savings) -> inOrder(answers.size(), waves, savings));
	}

	private static List<List<Integer>> waves(List<NewAnswer> answers) {
		List<List<Integer>> waves = new ArrayList<>();
		Map<List<UUID>, Integer> times = new HashMap<>();
		for (int i = 0; i < answers.size(); i++) {
			NewAnswer answer = answers.get(i);
			int wave = times.merge(List.of(answer.attemptId(), answer.questionId()), 1, Integer::sum) - 1;
			if (wave == waves.size()) {
				waves.add(new ArrayList<>());
			}
			waves.get(wave).add(i);
		}
		return waves;
	}

	private static List<Saving> inOrder(int size, List<List<Integer>> waves, List<List<Saving>> savings) {
		Saving[] ordered = new Saving[size];
		for (int wave = 0; wave < waves.size(); wave++) {
			for (int i = 0; i < waves.get(wave).size(); i++) {
				ordered[waves.get(wave).get(i)] = savings.get(wave).get(i);
			}
		}
		return Arrays.asList(ordered);
	}

	/**
	 * An answer as the phone sent it.
	 *
	 * @param attemptId of the attempt
	 * @param questionId on its paper
	 * @param optionIds chosen, null when the answer is written
	 * @param text written, null for a choice
	 * @param version the phone's count of changes, null for "after whatever is stored"
	 */
	record GivenAnswer(UUID attemptId, UUID questionId, @Nullable List<String> optionIds, @Nullable String text,
			@Nullable Long version) {

	}

}
