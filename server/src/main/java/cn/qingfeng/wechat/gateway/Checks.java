package cn.qingfeng.wechat.gateway;

import cn.qingfeng.wechat.CheckScene;
import cn.qingfeng.wechat.ContentVerdict;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * WeChat's content checks, blocking.
 */
@Component
public class Checks {

	private static final int VERSION = 2;

	private static final int IMAGE = 2;

	private final Wire wire;

	Checks(Wire miniProgramWire) {
		this.wire = miniProgramWire;
	}

	public ContentVerdict text(String openid, CheckScene scene, String content) throws WxErrorException {
		return this.wire.post(Endpoint.TEXT_CHECK, new Text(VERSION, openid, scene.number(), content), Checked.class)
			.read();
	}

	public String image(String openid, CheckScene scene, String url) throws WxErrorException {
		Media wanted = new Media(url, IMAGE, VERSION, openid, scene.number());
		return Values.present(this.wire.post(Endpoint.MEDIA_CHECK, wanted, Checked.class).traceId(), "trace_id");
	}

	private record Text(int version, String openid, int scene, String content) {

	}

	private record Media(String mediaUrl, int mediaType, int version, String openid, int scene) {

	}

	private record Checked(@Nullable String traceId, @Nullable Result result) {

		ContentVerdict read() {
			if (this.result == null) {
				throw new IllegalStateException("the answer has no result");
			}
			return new ContentVerdict(suggestion(String.valueOf(this.result.suggest())), this.result.label(),
					String.valueOf(this.traceId));
		}

		private static ContentVerdict.Suggestion suggestion(String word) {
			return switch (word) {
				case "pass" -> ContentVerdict.Suggestion.PASS;
				case "risky" -> ContentVerdict.Suggestion.RISKY;
				default -> ContentVerdict.Suggestion.REVIEW;
			};
		}

	}

	private record Result(@Nullable String suggest, int label) {

	}

}
