package cn.qingfeng.quiz.round;

import java.util.List;

/**
 * What one rule draws from.
 *
 * @param count questions to draw
 * @param questions by id
 */
public record Pool(int count, List<PoolQuestion> questions) {

	public Pool {
		questions = List.copyOf(questions);
	}

}
