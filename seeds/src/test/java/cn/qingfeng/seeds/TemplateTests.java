package cn.qingfeng.seeds;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateTests {

	@Test
	void messagesUseOnlyTheirParametersAndWechatsFieldNames() {
		JsonNode messages = SeedFiles.yaml("templates/messages.yaml").path("messages");
		SeedFiles.keys(messages);
		for (JsonNode message : messages) {
			String key = message.path("key").asString();
			SeedFiles.assertFields(key, message, Set.of("key", "title", "parameters", "page", "url", "inbox"),
					Set.of("template", "subscription"));
			assertThat(message.has("template") || message.has("subscription")).as(key).isTrue();
			Set<String> parameters = new HashSet<>(SeedFiles.strings(message.path("parameters")));
			assertThat(parameters).as(key).isEqualTo(SeedFiles.placeholders(message.toString()));
			assertThat(SeedFiles.strings(message.path("parameters"))).hasSize(parameters.size());
			assertThat(message.path("page").asString()).as(key).matches("pages/[a-z]+/index(\\?id=\\{\\{\\w+}})?");
			assertThat(message.path("url").asString()).as(key).isEqualTo("/m/#/" + message.path("page").asString());
			SeedFiles.assertFields(key, message.path("inbox"), Set.of("title", "body"), Set.of());
			assertFields(key, message.path("template"));
			assertFields(key, message.path("subscription"));
		}
	}

	@Test
	void theMenuFitsWechat() {
		JsonNode menu = SeedFiles.yaml("templates/menu.yaml");
		Set<String> clicks = new HashSet<>(Set.of("SUBSCRIBE", "UNBOUND"));
		assertThat(menu.path("buttons").size()).isBetween(1, 3);
		for (JsonNode button : menu.path("buttons")) {
			assertThat(button.path("name").asString()).hasSizeBetween(1, 4);
			assertThat(button.path("children").size()).isLessThanOrEqualTo(5);
			for (JsonNode child : button.path("children")) {
				assertThat(child.path("name").asString()).hasSizeBetween(1, 8);
				Set<String> arguments = switch (child.path("type").asString()) {
					case "view" -> Set.of("name", "type", "url");
					case "miniprogram" -> Set.of("name", "type", "url", "appId", "page");
					case "click" -> Set.of("name", "type", "key");
					default -> throw new AssertionError("unknown type of " + child);
				};
				SeedFiles.assertFields("menu", child, arguments, Set.of());
				if (child.has("key")) {
					clicks.add(child.path("key").asString());
				}
			}
		}
		assertThat(SeedFiles.placeholders(menu.toString())).containsExactly("miniAppId", "publicUrl");
		assertThat(SeedFiles.items(menu.path("replies")).stream().filter((reply) -> reply.has("event")))
			.extracting((reply) -> reply.path("event").asString())
			.containsExactlyInAnyOrderElementsOf(clicks);
	}

	@Test
	void everyWordHasOneReplyThatFitsWechat() {
		Set<String> words = new HashSet<>();
		int welcome = 0;
		for (JsonNode reply : SeedFiles.yaml("templates/menu.yaml").path("replies")) {
			SeedFiles.assertFields("reply", reply, Set.of("text"), Set.of("event", "keywords"));
			assertThat(reply.has("event")).as(reply.toString()).isNotEqualTo(reply.has("keywords"));
			int bytes = reply.path("text").asString().strip().getBytes(StandardCharsets.UTF_8).length;
			assertThat(bytes).as(reply.toString()).isBetween(1, 2_000);
			welcome += Set.of("SUBSCRIBE", "UNBOUND").contains(reply.path("event").asString("")) ? bytes : 0;
			for (String word : SeedFiles.strings(reply.path("keywords"))) {
				assertThat(word).matches("[\\p{IsHan}a-z0-9]{2,10}");
				assertThat(words.add(word)).as(word).isTrue();
			}
		}
		assertThat(words).contains("绑定", "答题", "时长");
		assertThat(welcome).isLessThanOrEqualTo(2_000);
	}

	/** A layout of WeChat has at most five fields, each of another name. */
	private static void assertFields(String key, JsonNode layout) {
		assertThat(SeedFiles.items(layout.path("fields"))).as(key)
			.hasSizeLessThanOrEqualTo(5)
			.extracting((field) -> field.path("name").asString())
			.doesNotHaveDuplicates();
		for (JsonNode field : layout.path("fields")) {
			SeedFiles.assertFields(key, field, Set.of("name", "label", "value"), Set.of());
			assertThat(field.path("name").asString()).as(key)
				.matches("(thing|time|date|phrase|character_string|number)\\d+");
			assertThat(field.path("value").asString().replaceAll("\\{\\{\\w+}}", "")).as(key)
				.hasSizeLessThanOrEqualTo(20);
		}
	}

}
