package cn.qingfeng.quiz.round;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundState;
import cn.qingfeng.quiz.bank.QuestionKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RoundTests {

	private static final UUID BANK = UUID.randomUUID();

	private static final Instant OPENS = Instant.parse("2026-11-01T00:00:00Z");

	private static final Instant CLOSES = Instant.parse("2026-12-01T00:00:00Z");

	@Test
	void twoRulesThatCouldDrawTheSameQuestionAreRefused() {
		Rule all = rule(Set.of(), Set.of());
		Rule easy = rule(Set.of(), Set.of(1));
		Rule hardSingles = rule(Set.of(QuestionKind.SINGLE), Set.of(3));
		Rule hardMultiples = rule(Set.of(QuestionKind.MULTIPLE), Set.of(3));
		assertThat(definition(OPENS, CLOSES, easy, hardSingles, hardMultiples).checked().questionCount()).isEqualTo(6);
		assertThatExceptionOfType(Problem.class).isThrownBy(definition(OPENS, CLOSES, easy, all)::checked)
			.satisfies((problem) -> assertThat(problem.members().toString()).contains("rules[1]"));
		assertThat(all.overlaps(new Rule(UUID.randomUUID(), 1, Set.of(), Set.of()))).isFalse();
	}

	@Test
	void aWindowMustNotEndBeforeItBegins() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(definition(CLOSES, OPENS, rule(Set.of(), Set.of()))::checked)
			.satisfies((problem) -> assertThat(problem.members().toString()).contains("closesAt"));
	}

	@Test
	void aPublishedRoundCannotBeChanged() {
		Round draft = Round.draft(new RoundId(UUID.randomUUID()), definition(OPENS, CLOSES, rule(Set.of(), Set.of())));
		Round published = draft.published(seed(), "hash", OPENS, UUID.randomUUID());
		assertThat(published.state()).isEqualTo(RoundState.PUBLISHED);
		assertThat(published.version()).isEqualTo(draft.version() + 1);
		assertThatExceptionOfType(QuizPublishedProblem.class)
			.isThrownBy(() -> published.changed(published.definition()));
	}

	@Test
	void aRoundThatIsOverCannotBePublished() {
		Round draft = Round.draft(new RoundId(UUID.randomUUID()), definition(OPENS, CLOSES, rule(Set.of(), Set.of())));
		assertThatExceptionOfType(QuizOverProblem.class)
			.isThrownBy(() -> draft.published(seed(), "hash", CLOSES, UUID.randomUUID()));
	}

	@Test
	void anEndMovesOnlyWhileTheOldAndTheNewOneAreAMinuteAway() {
		Round published = Round
			.draft(new RoundId(UUID.randomUUID()), definition(OPENS, CLOSES, rule(Set.of(), Set.of())))
			.published(seed(), "hash", OPENS, UUID.randomUUID());
		Instant later = CLOSES.plusSeconds(3600);
		assertThat(published.endingAt(later, CLOSES.minusSeconds(60)).definition().closesAt()).isEqualTo(later);
		assertThatExceptionOfType(QuizEndingProblem.class)
			.isThrownBy(() -> published.endingAt(later, CLOSES.minusSeconds(59)));
		assertThatExceptionOfType(QuizEndingProblem.class)
			.isThrownBy(() -> published.endingAt(OPENS.plusSeconds(59), OPENS));
		assertThatExceptionOfType(QuizEndingProblem.class)
			.isThrownBy(() -> published.endingAt(OPENS, OPENS.minusSeconds(3600)));
	}

	@Test
	void aRoundIsTakenBackOnlyWhileItsOpeningIsAMinuteAway() {
		Round published = Round
			.draft(new RoundId(UUID.randomUUID()), definition(OPENS, CLOSES, rule(Set.of(), Set.of())))
			.published(seed(), "hash", OPENS.minusSeconds(3600), UUID.randomUUID());
		Round draft = published.withdrawn(OPENS.minusSeconds(60));
		assertThat(draft.state()).isEqualTo(RoundState.DRAFT);
		assertThat(draft.version()).isEqualTo(published.version() + 1);
		assertThatExceptionOfType(QuizStartedProblem.class)
			.isThrownBy(() -> published.withdrawn(OPENS.minusSeconds(59)));
	}

	@Test
	void whatTwoRulesFindGoesToTheNarrowerOne() {
		UUID question = UUID.randomUUID();
		Rule any = rule(Set.of(), Set.of());
		Rule tagged = new Rule(BANK, 1, Set.of(), Set.of(), Set.of("家风"), Set.of());
		Rule fixed = new Rule(BANK, 1, Set.of(), Set.of(), Set.of(), Set.of(question));
		assertThat(definition(OPENS, CLOSES, any, tagged, fixed).checked().questionCount()).isEqualTo(4);
		assertThat(fixed.precedence()).isLessThan(tagged.precedence());
		assertThat(tagged.precedence()).isLessThan(any.precedence());
		assertThatExceptionOfType(Problem.class).isThrownBy(definition(OPENS, CLOSES, fixed, fixed)::checked);
		assertThatExceptionOfType(Problem.class).isThrownBy(definition(OPENS, CLOSES, tagged, tagged)::checked);
		Rule miscounted = new Rule(BANK, 2, Set.of(), Set.of(), Set.of(), Set.of(question));
		assertThatExceptionOfType(Problem.class).isThrownBy(definition(OPENS, CLOSES, miscounted)::checked);
	}

	@Test
	void theCommitmentIsTheHashOfWhatIsRevealed() throws Exception {
		Seed seed = seed();
		byte[] revealed = java.util.HexFormat.of().parseHex(seed.reveal());
		String hash = java.util.HexFormat.of()
			.formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(revealed));
		assertThat(seed.commitment()).isEqualTo(hash).hasSize(64);
		assertThat(seed).asString().doesNotContain(seed.reveal());
	}

	@Test
	void neitherSeedNorKeyGetsIntoALog() {
		assertThat(new AnswerKey(Map.of(BANK, new AnswerKey.Entry(1, "secret", "secret")))).asString()
			.doesNotContain("secret");
	}

	@Test
	void aRoundIsOpenFromItsOpeningUntilItsClosing() {
		assertThat(RoundPhase.of(OPENS, CLOSES, OPENS.minusMillis(1))).isEqualTo(RoundPhase.UPCOMING);
		assertThat(RoundPhase.of(OPENS, CLOSES, OPENS)).isEqualTo(RoundPhase.OPEN);
		assertThat(RoundPhase.of(OPENS, CLOSES, CLOSES)).isEqualTo(RoundPhase.CLOSED);
	}

	private static Seed seed() {
		return Seed.random(new java.security.SecureRandom());
	}

	private static RoundDefinition definition(Instant opensAt, Instant closesAt, Rule... rules) {
		return new RoundDefinition("测试", null, opensAt, closesAt, 30, 1, 60, ReviewPolicy.AFTER_SUBMISSION,
				List.of(rules));
	}

	private static Rule rule(Set<QuestionKind> kinds, Set<Integer> difficulties) {
		return new Rule(BANK, 2, kinds, difficulties);
	}

}
