package cn.qingfeng.local.sandbox.registry;

import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * What one account knows of one person.
 */
public final class Standing {

	private final String openid;

	private boolean follows;

	private @Nullable Instant followedAt;

	private String scene = "ADD_SCENE_SEARCH";

	private String qrScene = "";

	private boolean refusesMessages;

	private boolean blacklisted;

	private boolean risky;

	private String remark = "";

	private @Nullable Instant activeAt;

	private AnswerWindow window = AnswerWindow.NONE;

	private Set<Integer> tags = new TreeSet<>();

	private Map<String, Grant> grants = new HashMap<>();

	private Map<String, String> always = new HashMap<>();

	private String massMonth = "";

	private int massCount;

	@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
	Standing(String openid) {
		this.openid = openid;
	}

	public String openid() {
		return this.openid;
	}

	public boolean follows() {
		return this.follows;
	}

	public void follow(Instant at, String how, String qrCode) {
		this.follows = true;
		this.followedAt = at;
		this.scene = how;
		this.qrScene = qrCode;
	}

	public void unfollow() {
		this.follows = false;
		this.followedAt = null;
		this.tags.clear();
	}

	public @Nullable Instant followedAt() {
		return this.followedAt;
	}

	public String scene() {
		return this.scene;
	}

	public String qrScene() {
		return this.qrScene;
	}

	public String remark() {
		return this.remark;
	}

	public void remark(String text) {
		this.remark = text;
	}

	public boolean refusesMessages() {
		return this.refusesMessages;
	}

	public void refuseMessages(boolean refuse) {
		this.refusesMessages = refuse;
	}

	public boolean blacklisted() {
		return this.blacklisted;
	}

	public void blacklist(boolean on) {
		this.blacklisted = on;
	}

	public boolean risky() {
		return this.risky;
	}

	public void risky(boolean on) {
		this.risky = on;
	}

	public AnswerWindow window() {
		return this.window;
	}

	public void window(AnswerWindow newWindow) {
		this.window = newWindow;
	}

	/** The person did something that may be answered. */
	public void touched(AnswerWindow opened, Instant now) {
		this.window = this.window.or(opened, now);
	}

	public Set<Integer> tags() {
		return this.tags;
	}

	public @Nullable Instant activeAt() {
		return this.activeAt;
	}

	public void active(Instant at) {
		this.activeAt = at;
	}

	public Grant grant(String template) {
		return this.grants.getOrDefault(template, Grant.NONE);
	}

	public Map<String, Grant> grants() {
		return this.grants;
	}

	public void accept(String template, boolean longTerm) {
		this.grants.put(template, grant(template).accepted(longTerm));
	}

	public void withdraw(String template) {
		this.grants.remove(template);
		this.always.remove(template);
	}

	/** What the person always answers to a template, or nothing. */
	public @Nullable String always(String template) {
		return this.always.get(template);
	}

	/** 总是保持以上选择: the popup does not come back for this template. */
	public void alwaysAnswer(String template, String answer) {
		this.always.put(template, answer);
	}

	/** Uses up one consent, if there is any. */
	public boolean spend(String template) {
		Grant grant = grant(template);
		if (!grant.usable()) {
			return false;
		}
		this.grants.put(template, grant.used());
		return true;
	}

	public int massReceived(YearMonth month) {
		return this.massMonth.equals(month.toString()) ? this.massCount : 0;
	}

	public void countMass(YearMonth month) {
		this.massCount = massReceived(month) + 1;
		this.massMonth = month.toString();
	}

}
