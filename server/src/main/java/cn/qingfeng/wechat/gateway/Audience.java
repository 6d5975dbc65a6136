package cn.qingfeng.wechat.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import cn.qingfeng.wechat.Acknowledged;
import cn.qingfeng.wechat.Follower;
import cn.qingfeng.wechat.TagChange;
import cn.qingfeng.wechat.WechatTag;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Followers and their tags, blocking.
 */
@Component
public class Audience {

	/** Done, but not with everybody. */
	private static final int PARTLY = 45171;

	private final Wire wire;

	Audience(Wire publicAccountWire) {
		this.wire = publicAccountWire;
	}

	public List<Follower> followers(List<String> openids) throws WxErrorException {
		Wanted wanted = new Wanted(openids.stream().map((openid) -> new Openid(openid, "zh_CN")).toList());
		return this.wire.post(Endpoint.FOLLOWER_DETAILS, wanted, Found.class)
			.userInfoList()
			.stream()
			.map(User::read)
			.toList();
	}

	public List<WechatTag> tags() throws WxErrorException {
		return this.wire.get(Endpoint.TAG_LIST, Tags.class).tags().stream().map(Tag::read).toList();
	}

	public WechatTag createTag(String name) throws WxErrorException {
		return this.wire.post(Endpoint.TAG_CREATE, new TagHolder(new Tag(null, name, null)), TagHolder.class)
			.tag()
			.read();
	}

	public Acknowledged deleteTag(int id) throws WxErrorException {
		this.wire.post(Endpoint.TAG_DELETE, new TagHolder(new Tag(id, null, null)));
		return Acknowledged.OK;
	}

	public TagChange change(Endpoint endpoint, int tagId, List<String> openids) throws WxErrorException {
		try {
			this.wire.post(endpoint, Map.of("openid_list", openids, "tagid", tagId));
			return new TagChange(List.of());
		}
		catch (WxErrorException ex) {
			if (ex.getError().getErrorCode() != PARTLY) {
				throw ex;
			}
			return new TagChange(Wire.read(ex.getError().getJson(), Failed.class).failOpenidList());
		}
	}

	private record Wanted(List<Openid> userList) {

	}

	private record Failed(List<String> failOpenidList) {

	}

	private record Openid(String openid, String lang) {

	}

	private record Found(List<User> userInfoList) {

	}

	private record User(int subscribe, String openid, @Nullable String unionid, long subscribeTime,
			@Nullable String subscribeScene, @Nullable String qrSceneStr, @Nullable List<Integer> tagidList) {

		Follower read() {
			boolean follows = this.subscribe == 1;
			return new Follower(this.openid, follows, this.unionid,
					follows ? Instant.ofEpochSecond(this.subscribeTime) : null, this.subscribeScene,
					Values.orNull(this.qrSceneStr), (this.tagidList != null) ? this.tagidList : List.of());
		}

	}

	private record Tags(List<Tag> tags) {

	}

	private record TagHolder(Tag tag) {

	}

	private record Tag(@Nullable Integer id, @Nullable String name, @Nullable Long count) {

		WechatTag read() {
			if (this.id == null) {
				throw new IllegalStateException("the answer has no id");
			}
			return new WechatTag(this.id, Values.present(this.name, "name"), (this.count != null) ? this.count : 0);
		}

	}

}
