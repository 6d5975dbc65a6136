package cn.qingfeng.contract;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the numbers of the contract that count people from the others.
 */
final class Counts {

	/**
	 * Numbers that count nobody: by property, or by schema and property where another
	 * schema counts people under the same name. A new number counts people until it is
	 * written here.
	 */
	private static final Set<String> COUNTS_NOBODY = Set.of("attemptsAllowed", "attemptsUsed", "averageScore",
			"bestScore", "blanks", "capacity", "correct", "dailyQuota", "daysBefore", "difficulties", "difficulty",
			"discrimination", "easiness", "entries", "from", "grants", "hours", "keyVersion", "latitude", "longitude",
			"machinePercent", "mark", "number", "options", "order", "paragraph", "passMark", "pendingHours",
			"perMinute", "percent", "questionCount", "questions", "rank", "remaining", "row", "rowsRead", "score",
			"scoreAfter", "scoreBefore", "stage", "status", "stepSeconds", "timeLimitMinutes", "timestamp", "to",
			"unread", "usedToday", "version", "waiting", "weight", "AuditBreak.position", "ProofPool.count",
			"Quiz.attempts", "Quiz.total", "QuestionImport.added", "QuizRule.count", "QuizRuleQuestions.count",
			"Result.total");

	private Counts() {
	}

	/**
	 * Properties of the answers under which people, or what each of them did, are
	 * counted.
	 */
	static Set<String> of(Operation operation) {
		return operation.numbers()
			.stream()
			.filter((number) -> !COUNTS_NOBODY.contains(number) && !COUNTS_NOBODY.contains(property(number)))
			.map(Counts::property)
			.collect(Collectors.toSet());
	}

	/** What is listed above and in no answer. */
	static Set<String> forgotten() {
		Set<String> known = Operation.all()
			.stream()
			.flatMap((operation) -> operation.numbers().stream())
			.flatMap((number) -> Set.of(number, property(number)).stream())
			.collect(Collectors.toSet());
		return COUNTS_NOBODY.stream().filter((number) -> !known.contains(number)).collect(Collectors.toSet());
	}

	private static String property(String number) {
		return number.substring(number.indexOf('.') + 1);
	}

}
