package cn.qingfeng.local.sandbox.callback;

import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.registry.Chat;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Card;
import cn.qingfeng.local.sandbox.world.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the backend answered to a callback and shows it on the phone.
 */
public final class PassiveReplies {

	private static final Logger log = LoggerFactory.getLogger(PassiveReplies.class);

	private final People people;

	private final Chat chat;

	public PassiveReplies(People people, Chat chat) {
		this.people = people;
		this.chat = chat;
	}

	/** Whether the answer stops WeChat from trying again. */
	boolean accept(Delivery delivery, String answer) {
		if (answer.isEmpty() || "success".equals(answer)) {
			return true;
		}
		try {
			show(delivery, open(delivery.app(), answer));
			return true;
		}
		catch (IllegalArgumentException | JacksonException ex) {
			log.info("the backend's answer to {} is no reply: {}", delivery.event(), ex.getMessage());
			return false;
		}
	}

	private static JsonNode open(App app, String answer) {
		AppRegistration registration = app.registration();
		JsonNode outer = read(app, answer);
		String encrypted = Json.text(outer, "Encrypt");
		if (encrypted.isEmpty()) {
			return outer;
		}
		String signature = CallbackCodec.sign(registration.token(), Json.text(outer, "TimeStamp"),
				Json.text(outer, "Nonce"), encrypted);
		if (!signature.equals(Json.text(outer, "MsgSignature"))) {
			throw new IllegalArgumentException("the reply's signature is wrong");
		}
		return read(app, new CallbackCodec(registration.aesKey(), registration.appid()).decrypt(encrypted));
	}

	private static JsonNode read(App app, String text) {
		return Dispatcher.writesJson(app) ? Json.MAPPER.readTree(text) : Xml.read(text);
	}

	private void show(Delivery delivery, JsonNode reply) {
		Person person = this.people.withOpenid(delivery.openid());
		String type = Json.text(reply, "MsgType");
		if (type.isEmpty()) {
			throw new IllegalArgumentException("the reply has no MsgType");
		}
		if (person == null) {
			return;
		}
		switch (type) {
			case "text" -> this.chat.text(delivery.app(), person, Json.text(reply, "Content"));
			case "news" -> this.chat.articles(delivery.app(), List.of(person), cards(reply));
			case "transfer_customer_service" -> this.chat.notice(delivery.app(), person, "正在为您转接人工客服");
			default -> this.chat.text(delivery.app(), person, "[" + type + "]");
		}
	}

	private static List<Card> cards(JsonNode reply) {
		JsonNode items = reply.path("Articles").path("item");
		List<Card> cards = new ArrayList<>();
		for (JsonNode item : items.isArray() ? items.values() : List.of(items)) {
			cards.add(new Card(Json.text(item, "Title"), Json.text(item, "Description"), Json.text(item, "PicUrl"),
					Json.text(item, "Url")));
		}
		return cards;
	}

}
