package cn.qingfeng.local.sandbox.registry;

import java.util.List;

import cn.qingfeng.local.sandbox.registry.PhoneMessage.Card;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Field;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages on phones.
 */
public final class Chat {

	private final SandboxClock clock;

	private final People people;

	public Chat(SandboxClock clock, People people) {
		this.clock = clock;
		this.people = people;
	}

	public void said(App app, Person person, String text) {
		person.receive(message(app, "text", true, "", text, null, null, List.of(), List.of()));
	}

	public void showed(App app, Person person, String url) {
		person.receive(message(app, "image", true, "", "", url, null, List.of(), List.of()));
	}

	public void text(App app, Person person, String text) {
		person.receive(message(app, "text", false, "", text, null, null, List.of(), List.of()));
	}

	public void notice(App app, Person person, String text) {
		person.receive(message(app, "notice", false, "", text, null, null, List.of(), List.of()));
	}

	public void picture(App app, Person person, String url) {
		person.receive(message(app, "image", false, "", "", url, null, List.of(), List.of()));
	}

	public void articles(App app, List<Person> readers, List<Card> cards) {
		PhoneMessage message = message(app, "article", false, cards.getFirst().title(), "", cards.getFirst().url(),
				null, cards, List.of());
		readers.forEach((reader) -> reader.receive(message));
	}

	public void texts(App app, List<Person> readers, String text) {
		PhoneMessage message = message(app, "text", false, "", text, null, null, List.of(), List.of());
		readers.forEach((reader) -> reader.receive(message));
	}

	/** A template message, or a subscription message when {@code kind} says so. */
	public void card(App app, Person person, String kind, String title, List<Field> fields, @Nullable String url,
			@Nullable String miniPage) {
		person.receive(message(app, kind, false, title, "", url, miniPage, List.of(), fields));
	}

	private PhoneMessage message(App app, String kind, boolean mine, String title, String text, @Nullable String url,
			@Nullable String miniPage, List<Card> cards, List<Field> fields) {
		return new PhoneMessage(this.people.nextMessageNumber(), app.appid(), this.clock.instant(), kind, mine, title,
				text, url, miniPage, cards, fields);
	}

}
