package cn.qingfeng.quiz.round;

import java.time.Instant;
import java.util.List;

import cn.qingfeng.platform.problem.Violations;
import org.jspecify.annotations.Nullable;

/**
 * What an author decides about a round.
 *
 * @param title for members
 * @param description for members
 * @param opensAt from then members may start
 * @param closesAt from then nobody may, and every open paper is handed in
 * @param timeLimitMinutes for one attempt
 * @param attemptsAllowed for each member
 * @param passMark of 100
 * @param reviewPolicy when keys are shown
 * @param rules no two of which could draw the same question
 */
record RoundDefinition(String title, @Nullable String description, Instant opensAt, Instant closesAt,
		int timeLimitMinutes, int attemptsAllowed, int passMark, ReviewPolicy reviewPolicy, List<Rule> rules) {

	private static final int MOST_QUESTIONS = 200;

	RoundDefinition {
		rules = List.copyOf(rules);
	}

	int questionCount() {
		return this.rules.stream().mapToInt(Rule::count).sum();
	}

	RoundDefinition endingAt(Instant closesAt) {
		return new RoundDefinition(this.title, this.description, this.opensAt, closesAt, this.timeLimitMinutes,
				this.attemptsAllowed, this.passMark, this.reviewPolicy, this.rules);
	}

	/** Throws what is wrong beyond the form that the contract checks. */
	RoundDefinition checked() {
		Violations violations = new Violations();
		violations.require(this.opensAt.isBefore(this.closesAt), "closesAt", "截止时间须晚于开始时间");
		violations.require(questionCount() <= MOST_QUESTIONS, "rules", "一份试卷最多 200 题");
		for (int i = 1; i < this.rules.size(); i++) {
			Rule rule = this.rules.get(i);
			boolean apart = this.rules.subList(0, i).stream().noneMatch(rule::overlaps);
			violations.require(apart, "rules[%d]".formatted(i), "与前面的规则会抽到相同的题");
		}
		for (int i = 0; i < this.rules.size(); i++) {
			Rule rule = this.rules.get(i);
			violations.require(!rule.isFixed() || rule.questionIds().size() == rule.count(),
					"rules[%d].count".formatted(i), "须与指定的题数相同");
		}
		violations.throwIfAny();
		return this;
	}

}
