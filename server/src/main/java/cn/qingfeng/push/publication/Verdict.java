package cn.qingfeng.push.publication;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What WeChat says of a publication.
 *
 * @param status 0 published, 1 under way, 2 to 4 refused, 5 and 6 gone after it was
 * published
 */
record Verdict(int status, @Nullable String articleId, List<String> urls) {

	private static final int UNDER_WAY = 1;

	boolean isFinal() {
		return this.status != UNDER_WAY;
	}

	StoredState state() {
		return switch (this.status) {
			case 0 -> StoredState.PUBLISHED;
			case UNDER_WAY -> StoredState.SUBMITTED;
			case 5, 6 -> StoredState.WITHDRAWN;
			default -> StoredState.REFUSED;
		};
	}

	/** For the editor, null when nothing is wrong. */
	@Nullable String reason() {
		return switch (this.status) {
			case 0, UNDER_WAY -> null;
			case 2 -> "原创校验未通过";
			case 3 -> "微信发布失败";
			case 4 -> "平台审核未通过";
			case 5 -> "已在公众平台删除";
			case 6 -> "已被微信平台下架";
			default -> "微信返回状态 " + this.status;
		};
	}

}
