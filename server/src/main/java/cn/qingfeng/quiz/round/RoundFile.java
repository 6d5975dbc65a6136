package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.Set;

import cn.qingfeng.quiz.bank.QuestionKind;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code seeds/quizzes/monthly.yaml}.
 *
 * @param source where it comes from
 * @param rounds one for each month
 */
record RoundFile(String source, List<Entry> rounds) {

	/**
	 * The round of one month.
	 *
	 * @param key of the entry
	 * @param month from 1
	 * @param title with {@code {{year}}}
	 * @param description for members
	 * @param opensOn day of the month, from its first minute
	 * @param closesOn day of the month, to its last minute, or {@code LAST}
	 * @param rules by key of the bank
	 * @param timeLimitMinutes for one attempt
	 * @param attempts for each member
	 * @param passMark of 100
	 * @param reviewPolicy when keys are shown
	 */
	record Entry(String key, int month, String title, String description, int opensOn, String closesOn,
			List<EntryRule> rules, int timeLimitMinutes, int attempts, int passMark, ReviewPolicy reviewPolicy) {

	}

	/**
	 * A rule.
	 *
	 * @param bank key of the bank
	 * @param count questions drawn
	 * @param kinds only of these, all when absent
	 * @param difficulties only of these, all when absent
	 */
	record EntryRule(String bank, int count, @Nullable Set<QuestionKind> kinds, @Nullable Set<Integer> difficulties) {

	}

}
