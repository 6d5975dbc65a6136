package cn.qingfeng.quiz.statistics;

import cn.qingfeng.member.SmallGroups;

/**
 * How many have handed in.
 *
 * @param members at least once
 * @param attempts papers
 */
record Turnout(int members, int attempts) {

	boolean isSuppressed() {
		return this.members < SmallGroups.SMALLEST;
	}

}
