package cn.qingfeng.quiz;

public enum RoundState {

	/** May be changed; members see nothing of it. */
	DRAFT,

	/** Frozen: questions and seed stand; the window decides whether it is open. */
	PUBLISHED

}
