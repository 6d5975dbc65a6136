package cn.qingfeng.local.sandbox.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.world.Json;
import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account, and the switches that a test may flip on it.
 */
public final class App {

	private AppRegistration registration;

	private Map<Capability, Boolean> capabilities = new EnumMap<>(Capability.class);

	private Map<String, Long> quotas = new HashMap<>();

	private Map<String, Boolean> switches = new HashMap<>();

	private List<String> ipWhitelist = new ArrayList<>();

	private List<String> oauthDomains = new ArrayList<>();

	private List<String> pages = new ArrayList<>();

	private Map<String, List<String>> pagesByEnv = new HashMap<>();

	private List<String> linkedApps = new ArrayList<>();

	private Map<String, Duration> delays = new HashMap<>();

	private Map<String, String> outcomes = new HashMap<>();

	private Map<String, Verdict> words = new LinkedHashMap<>();

	@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
	App(AppRegistration registration) {
		this.registration = registration;
	}

	public AppRegistration registration() {
		return this.registration;
	}

	public String appid() {
		return this.registration.appid();
	}

	public AppKind kind() {
		return this.registration.kind();
	}

	public boolean may(Capability capability) {
		return this.capabilities.getOrDefault(capability,
				capability.grantedTo(this.registration.kind(), this.registration.certified()));
	}

	/** Takes a capability away for good. */
	public void lose(Capability capability) {
		this.capabilities.put(capability, false);
	}

	public long quota(String path, long usual) {
		return this.quotas.getOrDefault(path, usual);
	}

	/** A named behaviour that is off unless somebody switched it on. */
	public boolean has(String name) {
		return this.switches.getOrDefault(name, false);
	}

	public boolean accepts(String clientIp) {
		return this.ipWhitelist.isEmpty() || this.ipWhitelist.contains(clientIp);
	}

	/** Whether a web login may return to this host; without a list any may. */
	public boolean returnsTo(String host) {
		return this.oauthDomains.isEmpty() || this.oauthDomains.contains(host);
	}

	/**
	 * Whether a version of the mini-program has this page; without a list it has every
	 * page.
	 * @param env release, trial or develop
	 */
	public boolean hasPage(String page, String env) {
		List<String> known = this.pagesByEnv.getOrDefault(env, this.pages);
		String path = page.split("\\?", 2)[0];
		return known.isEmpty() || path.isEmpty() || known.contains(path);
	}

	/** Whether its messages may lead to this mini-program; without a list to any. */
	public boolean linksTo(String miniAppid) {
		return this.linkedApps.isEmpty() || this.linkedApps.contains(miniAppid);
	}

	/**
	 * How long a job takes: {@code mass}, {@code publish}, {@code receipt} and others.
	 */
	public Duration delay(String job, Duration usual) {
		return this.delays.getOrDefault(job, usual);
	}

	/** How the next jobs of a kind end, if somebody chose that. */
	public @Nullable String outcome(String job) {
		return this.outcomes.get(job);
	}

	/** What content checks think of a text: the verdict of the first word found in it. */
	public Verdict verdict(String text) {
		return this.words.entrySet()
			.stream()
			.filter((word) -> text.contains(word.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(Verdict.PASS);
	}

	public void callbackTo(String url) {
		this.registration = this.registration.withCallbackUrl(url);
	}

	/** Changes what is named and leaves the rest. */
	public void change(JsonNode wanted) {
		ObjectNode merged = Json.tree(this);
		ObjectNode settings = (ObjectNode) merged.path("registration");
		wanted.properties().forEach((field) -> {
			if (settings.has(field.getKey())) {
				settings.set(field.getKey(), field.getValue());
			}
			else if (merged.has(field.getKey())) {
				merged.set(field.getKey(), field.getValue());
			}
			else {
				throw new IllegalArgumentException("unknown setting " + field.getKey());
			}
		});
		settings.put("appid", appid());
		App changed = Json.read(merged, App.class);
		this.registration = changed.registration;
		this.capabilities = changed.capabilities;
		this.quotas = changed.quotas;
		this.switches = changed.switches;
		this.ipWhitelist = changed.ipWhitelist;
		this.oauthDomains = changed.oauthDomains;
		this.pages = changed.pages;
		this.pagesByEnv = changed.pagesByEnv;
		this.linkedApps = changed.linkedApps;
		this.delays = changed.delays;
		this.outcomes = changed.outcomes;
		this.words = changed.words;
	}

	public ObjectNode view() {
		ObjectNode view = Json.tree(this.registration);
		ObjectNode all = Json.tree(this);
		all.remove("registration");
		view.setAll(all);
		view.put("kind", this.registration.kind().name().toLowerCase(java.util.Locale.ROOT));
		return view;
	}

}
