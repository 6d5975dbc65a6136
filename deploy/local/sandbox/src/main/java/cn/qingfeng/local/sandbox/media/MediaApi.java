package cn.qingfeng.local.sandbox.media;

import java.util.List;
import java.util.Map;
import java.util.Set;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Multipart.Part;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.media.Library.Item;
import cn.qingfeng.local.sandbox.media.Library.Keeping;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Uploading and fetching files.
 */
public final class MediaApi {

	private static final Map<String, Integer> LARGEST = Map.of("image", 10 << 20, "voice", 2 << 20, "video", 10 << 20,
			"thumb", 64 << 10);

	private static final int LARGEST_BODY_PICTURE = 1 << 20;

	private final Library library;

	public MediaApi(Library library) {
		this.library = library;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/media/upload", Capability.MEDIA, this::temporary);
		routes.raw("GET", "/cgi-bin/media/get", Capability.MEDIA, this::download);
		routes.api("POST", "/cgi-bin/media/uploadimg", Capability.MEDIA, this::bodyPicture);
		routes.api("POST", "/cgi-bin/material/add_material", Capability.MEDIA, this::permanent);
		routes.raw("POST", "/cgi-bin/material/get_material", Capability.MEDIA,
				(app, call) -> file(this.library.usable(app, Json.text(call.json(), "media_id"))));
		routes.api("POST", "/cgi-bin/material/del_material", Capability.MEDIA, this::delete);
		routes.api("GET", "/cgi-bin/material/get_materialcount", Capability.MEDIA, this::count);
		routes.api("POST", "/cgi-bin/material/batchget_material", Capability.MEDIA, this::list);
	}

	private JsonNode temporary(App app, Call call) {
		String type = type(call);
		Part part = file(call, type);
		Item item = keep(app, Keeping.TEMPORARY, type, part);
		ObjectNode answer = Json.object();
		answer.put("type", type);
		answer.put("thumb".equals(type) ? "thumb_media_id" : "media_id", item.id());
		answer.put("created_at", item.at().getEpochSecond());
		return answer;
	}

	private JsonNode permanent(App app, Call call) {
		String type = type(call);
		Item item = keep(app, Keeping.PERMANENT, type, file(call, type));
		ObjectNode answer = Json.object();
		answer.put("media_id", item.id());
		if ("image".equals(type) || "thumb".equals(type)) {
			answer.put("url", this.library.url(item));
		}
		return answer;
	}

	private JsonNode bodyPicture(App app, Call call) {
		Part part = file(call, LARGEST_BODY_PICTURE, 40009);
		String kind = kindOf(part.content());
		if (!"image/jpeg".equals(kind) && !"image/png".equals(kind)) {
			throw new WechatError(40005, "invalid file type");
		}
		return Json.object().put("url", this.library.url(keep(app, Keeping.ARTICLE, "image", part)));
	}

	private Item keep(App app, Keeping keeping, String type, Part part) {
		String kind = kindOf(part.content());
		boolean picture = "image".equals(type) || "thumb".equals(type);
		if (picture && !kind.startsWith("image/")) {
			throw new WechatError(40005, "invalid file type hint: [" + part.fileName() + "]");
		}
		return this.library.keep(app, keeping, type, part.fileName(), picture ? kind : part.type(), part.content());
	}

	private static String type(Call call) {
		String type = call.param("type");
		if (!LARGEST.containsKey(type)) {
			throw new WechatError(40004, "invalid media type");
		}
		return type;
	}

	private static Part file(Call call, String type) {
		return file(call, LARGEST.getOrDefault(type, 0), "image".equals(type) ? 40009 : 45001);
	}

	private static Part file(Call call, int largest, int tooLarge) {
		Part part = call.form().part("media");
		if (part == null || part.content().length == 0) {
			throw new WechatError(41005, "media data missing");
		}
		if (part.content().length > largest) {
			throw new WechatError(tooLarge, "media size out of limit");
		}
		return part;
	}

	/** What a file is by its first bytes, whatever its name says. */
	private static String kindOf(byte[] content) {
		int first = (content.length < 4) ? 0
				: (content[0] & 0xff) << 24 | (content[1] & 0xff) << 16 | (content[2] & 0xff) << 8 | content[3] & 0xff;
		if (first >>> 8 == 0xffd8ff) {
			return "image/jpeg";
		}
		return switch (first) {
			case 0x89504e47 -> "image/png";
			case 0x47494638 -> "image/gif";
			default -> (first >>> 16 == 0x424d) ? "image/bmp" : "application/octet-stream";
		};
	}

	private Reply download(App app, Call call) {
		return file(this.library.usable(app, call.param("media_id")));
	}

	private static Reply file(Item item) {
		return Reply.bytes(item.contentType(), item.content())
			.with(Map.of("Content-disposition", "attachment; filename=\"" + item.id() + "." + extension(item) + '"'));
	}

	private static String extension(Item item) {
		int dot = item.fileName().lastIndexOf('.');
		return (dot < 0) ? "bin" : item.fileName().substring(dot + 1).replaceAll("[^0-9A-Za-z]", "");
	}

	private JsonNode delete(App app, Call call) {
		this.library.remove(this.library.usable(app, Json.text(call.json(), "media_id")).id());
		return Reply.done();
	}

	private JsonNode count(App app, Call call) {
		ObjectNode answer = Json.object();
		for (String type : Set.of("voice", "video", "image")) {
			answer.put(type + "_count", ofType(app, type).size());
		}
		return answer.put("news_count", 0);
	}

	private JsonNode list(App app, Call call) {
		JsonNode body = call.json();
		List<Item> found = ofType(app, Json.text(body, "type"));
		List<Item> page = Pages.of(found, body);
		ObjectNode answer = Json.object();
		answer.put("total_count", found.size());
		answer.put("item_count", page.size());
		ArrayNode items = answer.putArray("item");
		page.forEach((item) -> items.addObject()
			.put("media_id", item.id())
			.put("name", item.fileName())
			.put("update_time", item.at().getEpochSecond())
			.put("url", this.library.url(item)));
		return answer;
	}

	private List<Item> ofType(App app, String type) {
		return this.library.permanent(app)
			.filter((item) -> item.type().equals(type) || "image".equals(type) && "thumb".equals(item.type()))
			.toList();
	}

}
