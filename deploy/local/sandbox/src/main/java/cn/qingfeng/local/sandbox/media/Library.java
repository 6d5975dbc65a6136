package cn.qingfeng.local.sandbox.media;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.http.Site;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Files that an account uploaded: for three days, for ever, or for article bodies.
 */
public final class Library implements Remembered {

	private static final Duration TEMPORARY = Duration.ofDays(3);

	private final World world;

	private final Site site;

	private Map<String, Item> items = new LinkedHashMap<>();

	public Library(World world, Site site) {
		this.world = world;
		this.site = site;
	}

	Item keep(App app, Keeping keeping, String type, String fileName, String contentType, byte[] content) {
		String id = this.world.ids().next("media", 64);
		Item item = new Item(id, app.appid(), keeping, type, fileName, contentType, content,
				this.world.clock().instant());
		this.items.put(id, item);
		return item;
	}

	/** Keeps for three days what a person sent. */
	public Item sent(App app, String type, String fileName, String contentType, byte[] content) {
		return keep(app, Keeping.TEMPORARY, type, fileName, contentType, content);
	}

	/** Where a picture can be seen. */
	public String url(Item item) {
		return this.site.base() + "/mmbiz/" + item.id() + "/0";
	}

	/** The address of a permanent picture. */
	public String permanentPicture(App app, String id) {
		Item item = this.items.get(id);
		if (item == null || !item.appid().equals(app.appid()) || item.keeping() != Keeping.PERMANENT
				|| !isPicture(item)) {
			throw WechatError.invalidMedia();
		}
		return url(item);
	}

	private static boolean isPicture(Item item) {
		return "image".equals(item.type()) || "thumb".equals(item.type());
	}

	/** Something that this account can still use. */
	public Item usable(App app, String id) {
		Item item = this.items.get(id);
		if (item == null || !item.appid().equals(app.appid()) || item.keeping() == Keeping.ARTICLE || expired(item)) {
			throw WechatError.invalidMedia();
		}
		return item;
	}

	private boolean expired(Item item) {
		return item.keeping() == Keeping.TEMPORARY && this.world.clock().instant().isAfter(item.at().plus(TEMPORARY));
	}

	public @Nullable Item find(String id) {
		return this.items.get(id);
	}

	void remove(String id) {
		this.items.remove(id);
	}

	Stream<Item> permanent(App app) {
		return this.items.values()
			.stream()
			.filter((item) -> item.keeping() == Keeping.PERMANENT && item.appid().equals(app.appid()));
	}

	/** Whether a picture's address is one of ours and so may stay in an article. */
	public boolean hosts(String url) {
		return url.startsWith(this.site.base() + "/mmbiz/") || url.matches("https?://mmbiz\\.qpic\\.cn/.*");
	}

	@Override
	public String name() {
		return "media";
	}

	@Override
	public Object save() {
		return new Saved(this.items);
	}

	@Override
	public void load(JsonNode saved) {
		this.items = Json.read(saved, Saved.class).items();
	}

	enum Keeping {

		TEMPORARY, PERMANENT, ARTICLE

	}

	/** A file. */
	public record Item(String id, String appid, Keeping keeping, String type, String fileName, String contentType,
			byte[] content, Instant at) {
	}

	private record Saved(Map<String, Item> items) {
	}

}
