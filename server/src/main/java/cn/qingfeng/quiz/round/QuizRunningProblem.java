package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Some papers may still be open, and what is asked for would tell the key.
 */
public final class QuizRunningProblem extends Problem {

	public QuizRunningProblem() {
		super(HttpStatus.CONFLICT, "quiz-running");
	}

}
