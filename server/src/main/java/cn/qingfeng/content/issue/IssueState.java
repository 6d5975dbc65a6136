package cn.qingfeng.content.issue;

/**
 * Where a monthly issue stands.
 */
public enum IssueState {

	DRAFT, IN_REVIEW, APPROVED, PUBLISHED

}
