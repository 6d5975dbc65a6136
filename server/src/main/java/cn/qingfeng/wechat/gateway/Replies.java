package cn.qingfeng.wechat.gateway;

import java.util.List;

import cn.qingfeng.wechat.Acknowledged;
import cn.qingfeng.wechat.CustomerReply;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Customer-service messages of the public account, blocking.
 */
@Component
public class Replies {

	private final Wire wire;

	Replies(Wire publicAccountWire) {
		this.wire = publicAccountWire;
	}

	public Acknowledged send(String openid, CustomerReply reply) throws WxErrorException {
		this.wire.post(Endpoint.REPLY_SEND, message(openid, reply));
		return Acknowledged.OK;
	}

	private static Message message(String openid, CustomerReply reply) {
		return switch (reply) {
			case CustomerReply.Text text -> new Message(openid, "text", text, null, null, null);
			case CustomerReply.News news -> new Message(openid, "news", null,
					new News(List.of(new Article(news.title(), news.description(), news.url(), news.pictureUrl()))),
					null, null);
			case CustomerReply.MiniProgramPage page -> new Message(openid, "miniprogrampage", null, null,
					new Page(page.title(), page.appId(), page.pagePath(), page.thumbMediaId()), null);
			case CustomerReply.Choices asked -> new Message(openid, "msgmenu", null, null, null,
					new Choices(asked.head(), asked.choices(), asked.tail()));
		};
	}

	private record Message(String touser, String msgtype, CustomerReply.@Nullable Text text, @Nullable News news,
			@Nullable Page miniprogrampage, @Nullable Choices msgmenu) {

	}

	private record News(List<Article> articles) {

	}

	private record Article(String title, String description, String url, String picurl) {

	}

	private record Page(String title, String appid, String pagepath, String thumbMediaId) {

	}

	private record Choices(String headContent, List<CustomerReply.Choice> list, String tailContent) {

	}

}
