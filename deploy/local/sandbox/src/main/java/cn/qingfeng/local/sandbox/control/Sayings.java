package cn.qingfeng.local.sandbox.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.media.Library.Item;
import cn.qingfeng.local.sandbox.registry.AnswerWindow;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Chat;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person says to an account: each may be answered five times within two days.
 */
public final class Sayings {

	private static final byte[] PICTURE = Base64.getDecoder()
		.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==");

	private final World world;

	private final Library library;

	private final Chat chat;

	private final Statistics statistics;

	private final Dispatcher dispatcher;

	public Sayings(World world, Library library, Chat chat, Statistics statistics, Dispatcher dispatcher) {
		this.world = world;
		this.library = library;
		this.chat = chat;
		this.statistics = statistics;
		this.dispatcher = dispatcher;
	}

	@Nullable String say(App app, Person person, String action, JsonNode wanted) {
		return switch (action) {
			case "sendImage" -> picture(app, person, wanted);
			case "sendVoice" -> voice(app, person);
			case "sendLocation" -> location(app, person, wanted);
			default -> text(app, person, Json.text(wanted, "text"));
		};
	}

	private @Nullable String text(App app, Person person, String text) {
		this.chat.said(app, person, text);
		return message(app, person, 1, "text", Json.object().put("Content", text));
	}

	/** With the picture in {@code content}, in Base64, or any picture. */
	private @Nullable String picture(App app, Person person, JsonNode wanted) {
		String content = Json.text(wanted, "content");
		byte[] bytes = content.isEmpty() ? PICTURE : Base64.getDecoder().decode(content);
		Item item = this.library.sent(app, "image", "picture.png", "image/png", bytes);
		this.chat.showed(app, person, this.library.url(item));
		return message(app, person, 2, "image",
				Json.object().put("PicUrl", this.library.url(item)).put("MediaId", item.id()));
	}

	private @Nullable String voice(App app, Person person) {
		byte[] silence = "#!AMR\n".getBytes(StandardCharsets.US_ASCII);
		Item item = this.library.sent(app, "voice", "voice.amr", "audio/amr", silence);
		this.chat.said(app, person, "[语音]");
		return message(app, person, 3, "voice",
				Json.object().put("MediaId", item.id()).put("Format", "amr").put("MediaId16K", item.id()));
	}

	private @Nullable String location(App app, Person person, JsonNode wanted) {
		String label = Json.text(wanted, "label", "莱西市月湖公园");
		this.chat.said(app, person, "[位置] " + label);
		return message(app, person, 6, "location",
				Json.object()
					.put("Location_X", wanted.path("latitude").asDouble(36.889))
					.put("Location_Y", wanted.path("longitude").asDouble(120.517))
					.put("Scale", 16)
					.put("Label", label));
	}

	private @Nullable String message(App app, Person person, int type, String name, ObjectNode fields) {
		Instant now = this.world.clock().instant();
		this.statistics.wrote(app, person, type);
		person.at(app).touched(AnswerWindow.afterMessage(now), now);
		this.dispatcher.message(app, person.at(app).openid(), name, fields);
		return null;
	}

}
