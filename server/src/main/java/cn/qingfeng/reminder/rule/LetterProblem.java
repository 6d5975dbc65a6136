package cn.qingfeng.reminder.rule;

import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The letter of this reminder is there already.
 */
final class LetterProblem extends Problem {

	private static final long serialVersionUID = 1;

	LetterProblem(UUID letter) {
		super(HttpStatus.CONFLICT, "letter-exists");
		with("letterId", letter);
	}

}
