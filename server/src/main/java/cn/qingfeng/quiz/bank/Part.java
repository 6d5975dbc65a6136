package cn.qingfeng.quiz.bank;

import java.util.List;

/**
 * What a written answer is looked through for: a blank, or a keyword.
 *
 * @param accepted ways of writing it, any of which will do
 * @param weight share of the question's marks, in proportion to the other parts
 */
public record Part(List<String> accepted, int weight) {

	public Part {
		accepted = List.copyOf(accepted);
	}

	public static Part of(String... accepted) {
		return new Part(List.of(accepted), 1);
	}

}
