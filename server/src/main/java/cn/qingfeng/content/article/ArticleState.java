package cn.qingfeng.content.article;

/**
 * Where an article stands.
 */
public enum ArticleState {

	DRAFT, IN_REVIEW, APPROVED, PUBLISHED, RECALLED

}
