package cn.qingfeng.quiz.attempt;

import java.util.List;

/**
 * By which names the options of one question go on one paper.
 */
interface OptionNames {

	/** One for each option, in the given order. */
	List<String> of(List<PaperOption> options);

}
