package cn.qingfeng.local.sandbox.article;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/**
 * What WeChat accepts as an article, and what it silently takes out of one.
 */
final class ArticleRules {

	private static final int TITLE = 32;

	private static final int AUTHOR = 16;

	private static final int DIGEST = 128;

	private static final int DIGEST_BY_DEFAULT = 54;

	private static final int CONTENT = 20_000;

	private static final int CONTENT_BYTES = 1 << 20;

	private static final Pattern SCRIPT = Pattern.compile("<script\\b.*?(</script\\s*>|$)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** What no article may hold, however harmless. */
	private static final Pattern FOREIGN = Pattern.compile("<(iframe|form|input|object|embed)\\b",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern HANDLER = Pattern.compile("\\son\\w+\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s>]+)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PICTURE = Pattern.compile("<img\\b[^>]*>", Pattern.CASE_INSENSITIVE);

	private static final Pattern SOURCE = Pattern.compile("\\ssrc\\s*=\\s*[\"']?([^\"'\\s>]+)",
			Pattern.CASE_INSENSITIVE);

	private final Library library;

	ArticleRules(Library library) {
		this.library = library;
	}

	Article check(App app, JsonNode wanted) {
		String title = Json.text(wanted, "title").strip();
		if (title.isEmpty() || length(title) > TITLE) {
			throw new WechatError(45003, "title size out of limit");
		}
		String author = limited(wanted, "author", AUTHOR, 45110);
		String digest = limited(wanted, "digest", DIGEST, 45004);
		String content = Json.text(wanted, "content");
		if (content.isBlank()) {
			throw new WechatError(44004, "empty content");
		}
		if (length(content) > CONTENT || content.getBytes(StandardCharsets.UTF_8).length > CONTENT_BYTES) {
			throw new WechatError(45002, "content size out of limit");
		}
		if (FOREIGN.matcher(content).find()) {
			throw new WechatError(45166, "invalid content");
		}
		String thumb = Json.text(wanted, "thumb_media_id");
		String thumbUrl = this.library.permanentPicture(app, thumb);
		String filtered = filter(content);
		return new Article(title, author, digest.isEmpty() ? beginning(filtered) : digest, filtered,
				Json.text(wanted, "content_source_url"), thumb, thumbUrl,
				(int) Json.number(wanted, "need_open_comment", 0),
				(int) Json.number(wanted, "only_fans_can_comment", 0));
	}

	private static String limited(JsonNode wanted, String field, int most, int code) {
		String value = Json.text(wanted, field);
		if (length(value) > most) {
			throw new WechatError(code, field + " size out of limit");
		}
		return value;
	}

	private static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	private String filter(String content) {
		String tame = HANDLER.matcher(SCRIPT.matcher(content).replaceAll("")).replaceAll("");
		return PICTURE.matcher(tame)
			.replaceAll((picture) -> keeps(picture) ? Matcher.quoteReplacement(picture.group()) : "");
	}

	private boolean keeps(MatchResult picture) {
		Matcher source = SOURCE.matcher(picture.group());
		return source.find() && this.library.hosts(source.group(1));
	}

	private static String beginning(String content) {
		String text = content.replaceAll("<[^>]*>", " ").replaceAll("&nbsp;|\\s+", " ").strip();
		return (text.length() <= DIGEST_BY_DEFAULT) ? text : text.substring(0, DIGEST_BY_DEFAULT);
	}

}
