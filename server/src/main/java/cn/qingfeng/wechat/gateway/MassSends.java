package cn.qingfeng.wechat.gateway;

import java.util.List;
import java.util.Map;

import cn.qingfeng.wechat.Acknowledged;
import cn.qingfeng.wechat.MassSend;
import cn.qingfeng.wechat.MassSendStatus;
import cn.qingfeng.wechat.MassSpeed;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * 群发 of drafts, blocking.
 */
@Component
public class MassSends {

	/** The same send was accepted earlier; its id comes with the refusal. */
	private static final int SENT_BEFORE = 45065;

	private final Wire wire;

	MassSends(Wire publicAccountWire) {
		this.wire = publicAccountWire;
	}

	public MassSend toAll(String mediaId, String clientMsgId) throws WxErrorException {
		return sent(Endpoint.MASS_SEND, Message.of(new Filter(true, null), null, mediaId, clientMsgId));
	}

	public MassSend toTag(int tagId, String mediaId, String clientMsgId) throws WxErrorException {
		return sent(Endpoint.MASS_SEND, Message.of(new Filter(false, tagId), null, mediaId, clientMsgId));
	}

	public MassSend toList(List<String> openids, String mediaId, String clientMsgId) throws WxErrorException {
		return sent(Endpoint.MASS_SEND_TO_LIST, Message.of(null, openids, mediaId, clientMsgId));
	}

	public Acknowledged preview(String openid, String mediaId) throws WxErrorException {
		this.wire.post(Endpoint.MASS_PREVIEW, Message.of(null, openid, mediaId, null));
		return Acknowledged.OK;
	}

	public MassSendStatus status(String msgId) throws WxErrorException {
		Status answer = this.wire.post(Endpoint.MASS_GET, new Job(Long.parseLong(msgId), null), Status.class);
		return switch (String.valueOf(answer.msgStatus())) {
			case "SENDING" -> MassSendStatus.SENDING;
			case "SEND_SUCCESS" -> MassSendStatus.SEND_SUCCESS;
			case "SEND_FAIL" -> MassSendStatus.SEND_FAIL;
			case "DELETE" -> MassSendStatus.DELETE;
			default -> MassSendStatus.OTHER;
		};
	}

	public Acknowledged delete(String msgId, int article) throws WxErrorException {
		this.wire.post(Endpoint.MASS_DELETE, new Job(Long.parseLong(msgId), article));
		return Acknowledged.OK;
	}

	public MassSpeed speed() throws WxErrorException {
		return this.wire.post(Endpoint.MASS_SPEED_GET, Map.of(), Speed.class).read();
	}

	public Acknowledged changeSpeed(int speed) throws WxErrorException {
		this.wire.post(Endpoint.MASS_SPEED_SET, Map.of("speed", speed));
		return Acknowledged.OK;
	}

	private MassSend sent(Endpoint endpoint, Message message) throws WxErrorException {
		try {
			return this.wire.post(endpoint, message, Sent.class).read();
		}
		catch (WxErrorException ex) {
			if (ex.getError().getErrorCode() != SENT_BEFORE) {
				throw ex;
			}
			return Wire.read(ex.getError().getJson(), Sent.class).read();
		}
	}

	private record Message(@Nullable Filter filter, @Nullable Object touser, Draft mpnews, String msgtype,
			int sendIgnoreReprint, @Nullable String clientmsgid) {

		static Message of(@Nullable Filter filter, @Nullable Object touser, String mediaId,
				@Nullable String clientMsgId) {
			return new Message(filter, touser, new Draft(mediaId), "mpnews", 0, clientMsgId);
		}

	}

	private record Filter(boolean isToAll, @Nullable Integer tagId) {

	}

	private record Draft(String mediaId) {

	}

	private record Sent(@Nullable String msgId, @Nullable String msgDataId) {

		MassSend read() {
			return new MassSend(Values.present(this.msgId, "msg_id"), this.msgDataId);
		}

	}

	private record Job(long msgId, @Nullable Integer articleIdx) {

	}

	private record Status(@Nullable String msgStatus) {

	}

	private record Speed(int speed, int realspeed) {

		MassSpeed read() {
			return new MassSpeed(this.speed, this.realspeed);
		}

	}

}
