package cn.qingfeng.content.review;

/**
 * What a reviewer says.
 */
public enum Verdict {

	APPROVE, REJECT

}
