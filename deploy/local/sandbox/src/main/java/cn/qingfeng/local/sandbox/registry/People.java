package cn.qingfeng.local.sandbox.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.world.Ids;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everybody, in the order they came.
 */
public final class People implements Remembered {

	private final Ids ids;

	private final Apps apps;

	private final Map<String, Person> byId = new LinkedHashMap<>();

	private final Map<String, Person> byPhone = new HashMap<>();

	private final Map<String, Person> byOpenid = new HashMap<>();

	private long messageNumber;

	public People(Ids ids, Apps apps) {
		this.ids = ids;
		this.apps = apps;
	}

	/** A phone number belongs to one person: asking again gives the same one. */
	public Person add(String name, String phone) {
		Person known = this.byPhone.get(phone);
		if (known != null) {
			return known;
		}
		String id = "p" + this.ids.fixed("person/" + phone, 11).replace('-', 'x').replace('_', 'y');
		Person person = new Person(id, name, phone, 'o' + this.ids.fixed("unionid/" + phone, 27));
		this.apps.all()
			.forEach((app) -> person.standings().put(app.appid(), new Standing(this.ids.openid(app.appid(), phone))));
		index(person);
		return person;
	}

	private void index(Person person) {
		this.byId.put(person.id(), person);
		this.byPhone.put(person.phone(), person);
		person.standings().values().forEach((standing) -> this.byOpenid.put(standing.openid(), person));
	}

	public Collection<Person> all() {
		return this.byId.values();
	}

	public Stream<Person> followers(App app) {
		return this.byId.values().stream().filter((person) -> person.at(app).follows());
	}

	public @Nullable Person find(String id) {
		return this.byId.get(id);
	}

	public Person get(String id) {
		Person person = this.byId.get(id);
		if (person == null) {
			throw new NoSuchElementException("no person " + id);
		}
		return person;
	}

	public @Nullable Person withPhone(String phone) {
		return this.byPhone.get(phone);
	}

	/** The person behind an openid, whichever account it belongs to. */
	public @Nullable Person withOpenid(String openid) {
		return this.byOpenid.get(openid);
	}

	/** The person behind an openid of this account. */
	public @Nullable Person withOpenid(App app, String openid) {
		Person person = this.byOpenid.get(openid);
		return (person != null && person.at(app).openid().equals(openid)) ? person : null;
	}

	public long nextMessageNumber() {
		return ++this.messageNumber;
	}

	@Override
	public String name() {
		return "people";
	}

	@Override
	public Object save() {
		return new Saved(this.messageNumber, List.copyOf(this.byId.values()));
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.byId.clear();
		this.byPhone.clear();
		this.byOpenid.clear();
		this.messageNumber = state.messageNumber();
		state.people().forEach(this::index);
	}

	private record Saved(long messageNumber, List<Person> people) {
	}

}
