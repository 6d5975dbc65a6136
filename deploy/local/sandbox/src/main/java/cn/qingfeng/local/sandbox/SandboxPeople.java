package cn.qingfeng.local.sandbox;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

import cn.qingfeng.local.sandbox.control.Actions;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.PhoneMessage;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.node.ObjectNode;

/**
 * The people, for code in the same process.
 */
public final class SandboxPeople {

	private final World world;

	private final People people;

	private final Actions actions;

	SandboxPeople(World world, People people, Actions actions) {
		this.world = world;
		this.people = people;
		this.actions = actions;
	}

	public List<PersonView> all() {
		return this.world.ask(() -> this.people.all().stream().map(PersonView::of).toList());
	}

	/** A phone number belongs to one person: asking again gives the same one. */
	public PersonView add(String name, String phone) {
		return this.world.ask(() -> PersonView.of(this.people.add(name, phone)));
	}

	public Optional<PersonView> withPhone(String phone) {
		return this.world.ask(() -> Optional.ofNullable(this.people.withPhone(phone)).map(PersonView::of));
	}

	/** The person behind an openid, whichever account it belongs to. */
	public Optional<PersonView> withOpenid(String openid) {
		return this.world.ask(() -> Optional.ofNullable(this.people.withOpenid(openid)).map(PersonView::of));
	}

	public PersonView get(String id) {
		return this.world.ask(() -> PersonView.of(this.people.get(id)));
	}

	public List<PhoneMessage> messages(String id) {
		return this.world.ask(() -> List.copyOf(this.people.get(id).messages()));
	}

	/**
	 * An action of {@code /_sandbox/people/{id}/actions}; answers its code, if it has
	 * one.
	 */
	public Optional<String> act(String id, String action, Map<String, ?> fields) {
		return this.world.ask(() -> {
			Person person = this.people.get(id);
			ObjectNode wanted = Json.tree(fields);
			wanted.put("action", action);
			return this.actions.perform(person, wanted).path("code").asStringOpt();
		});
	}

	/** What wx.login hands to the mini-program's page. */
	public String wxLogin(String id) {
		return code(id, "wxLogin");
	}

	/** What a tap on the phone number button hands to the mini-program's page. */
	public String phoneCode(String id) {
		return code(id, "getPhone");
	}

	private String code(String id, String action) {
		return act(id, action, Map.of()).orElseThrow(() -> new NoSuchElementException("no code for " + id));
	}

}
