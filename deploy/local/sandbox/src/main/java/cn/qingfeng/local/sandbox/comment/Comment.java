package cn.qingfeng.local.sandbox.comment;

import cn.qingfeng.local.sandbox.world.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person wrote under an article.
 *
 * @param at in seconds
 * @param elected whether everybody sees it
 * @param reply of the account, or nothing
 */
record Comment(long id, String openid, long at, String content, boolean elected, @Nullable String reply,
		long repliedAt) {

	Comment elected(boolean now) {
		return new Comment(this.id, this.openid, this.at, this.content, now, this.reply, this.repliedAt);
	}

	Comment answered(@Nullable String text, long when) {
		return new Comment(this.id, this.openid, this.at, this.content, this.elected, text, when);
	}

	/** Whether a list of this kind shows it: 0 all, 1 ordinary, 2 elected. */
	boolean isOf(long kind) {
		return kind == 0 || (kind == 2) == this.elected;
	}

	ObjectNode view() {
		ObjectNode view = Json.object()
			.put("user_comment_id", this.id)
			.put("openid", this.openid)
			.put("create_time", this.at)
			.put("content", this.content)
			.put("comment_type", this.elected ? 1 : 0);
		if (this.reply != null) {
			view.putObject("reply").put("content", this.reply).put("create_time", this.repliedAt);
		}
		return view;
	}

}
