package cn.qingfeng.local.sandbox.comment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import cn.qingfeng.local.sandbox.article.ArticlePages;
import cn.qingfeng.local.sandbox.article.ArticlePages.Shown;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 留言: the words under articles, which the account elects, answers and deletes. Only what
 * it elects is seen by others.
 */
public final class Comments implements Remembered {

	private static final int MOST_AT_ONCE = 50;

	private static final int MOST_ELECTED = 100;

	private static final int LONGEST = 600;

	private final World world;

	private final ArticlePages pages;

	/** By {@code appid message}, where the message is {@code msg_data_id_index}. */
	private Map<String, Talk> talks = new HashMap<>();

	public Comments(World world, ArticlePages pages) {
		this.world = world;
		this.pages = pages;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/comment/open", Capability.MASS_BY_TAG, (app, call) -> open(app, call, true));
		routes.api("POST", "/cgi-bin/comment/close", Capability.MASS_BY_TAG, (app, call) -> open(app, call, false));
		routes.api("POST", "/cgi-bin/comment/list", Capability.MASS_BY_TAG, this::list);
		routes.api("POST", "/cgi-bin/comment/markelect", Capability.MASS_BY_TAG, this::elect);
		routes.api("POST", "/cgi-bin/comment/unmarkelect", Capability.MASS_BY_TAG, this::unelect);
		routes.api("POST", "/cgi-bin/comment/delete", Capability.MASS_BY_TAG, this::delete);
		routes.api("POST", "/cgi-bin/comment/reply/add", Capability.MASS_BY_TAG, this::reply);
		routes.api("POST", "/cgi-bin/comment/reply/delete", Capability.MASS_BY_TAG, this::deleteReply);
	}

	/**
	 * A person writes under an article.
	 * @param url where the article is
	 */
	public void write(App app, Person person, String url, String content) {
		Shown shown = this.pages.shown(url);
		if (shown == null || !shown.appid().equals(app.appid())) {
			throw new IllegalArgumentException("no article there");
		}
		Talk talk = talk(app, shown);
		if (!talk.open() || shown.onlyFansComment() && !person.at(app).follows()) {
			throw new IllegalArgumentException("this person may not comment");
		}
		if (content.isBlank() || content.length() > LONGEST) {
			throw new IllegalArgumentException("a comment has 1 to " + LONGEST + " characters");
		}
		talk.comments()
			.add(new Comment(this.world.ids().nextNumber(), person.at(app).openid(), this.world.clock().seconds(),
					content, false, null, 0));
	}

	private Talk talk(App app, Shown shown) {
		return this.talks.computeIfAbsent(app.appid() + ' ' + shown.messageId(),
				(key) -> new Talk(shown.openComment(), new ArrayList<>()));
	}

	private Talk talk(App app, JsonNode body) {
		String message = Json.text(body, "msg_data_id") + '_' + (Json.number(body, "index", 0) + 1);
		Shown shown = this.pages.withMessage(app, message);
		if (shown == null) {
			throw new WechatError(88001, "msg_data_id is not exists");
		}
		return talk(app, shown);
	}

	private JsonNode open(App app, Call call, boolean open) {
		JsonNode body = call.json();
		Talk talk = talk(app, body);
		String message = Json.text(body, "msg_data_id") + '_' + (Json.number(body, "index", 0) + 1);
		this.talks.put(app.appid() + ' ' + message, new Talk(open, talk.comments()));
		return Reply.done();
	}

	private JsonNode list(App app, Call call) {
		JsonNode body = call.json();
		Talk talk = requireOpen(app, body);
		long count = Json.number(body, "count", 0);
		if (count < 1 || count >= MOST_AT_ONCE) {
			throw new WechatError(88010, "count range error. cout <= 0 or count > 50");
		}
		long kind = Json.number(body, "type", 0);
		List<Comment> all = talk.comments().stream().filter((each) -> each.isOf(kind)).toList();
		ObjectNode answer = Reply.done().put("total", all.size());
		ArrayNode comments = answer.putArray("comment");
		all.stream()
			.skip(Math.max(0, Json.number(body, "begin", 0)))
			.limit(count)
			.forEach((each) -> comments.add(each.view()));
		return answer;
	}

	private JsonNode elect(App app, Call call) {
		Talk talk = requireOpen(app, call.json());
		if (talk.comments().stream().filter(Comment::elected).count() >= MOST_ELECTED) {
			throw new WechatError(88002, "elected comment upper limit");
		}
		return change(talk, call.json(), (comment) -> comment.elected(true));
	}

	private JsonNode unelect(App app, Call call) {
		return change(requireOpen(app, call.json()), call.json(), (comment) -> {
			if (!comment.elected()) {
				throw new WechatError(88003, "the comment is not elected");
			}
			return comment.elected(false);
		});
	}

	private JsonNode delete(App app, Call call) {
		Talk talk = requireOpen(app, call.json());
		talk.comments().remove(comment(talk, call.json()));
		return Reply.done();
	}

	private JsonNode reply(App app, Call call) {
		String content = Json.text(call.json(), "content");
		if (content.isBlank() || content.length() > LONGEST) {
			throw new WechatError(88005, "reply content beyond max len or content len is zero");
		}
		return change(requireOpen(app, call.json()), call.json(), (comment) -> {
			if (comment.reply() != null) {
				throw new WechatError(88007, "already reply");
			}
			return comment.answered(content, this.world.clock().seconds());
		});
	}

	private JsonNode deleteReply(App app, Call call) {
		return change(requireOpen(app, call.json()), call.json(), (comment) -> {
			if (comment.reply() == null) {
				throw new WechatError(88009, "reply is not exists");
			}
			return comment.answered(null, 0);
		});
	}

	private Talk requireOpen(App app, JsonNode body) {
		Talk talk = talk(app, body);
		if (!talk.open()) {
			throw new WechatError(88000, "without comment privilege");
		}
		return talk;
	}

	private static Comment comment(Talk talk, JsonNode body) {
		long id = Json.number(body, "user_comment_id", -1);
		return talk.comments()
			.stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(() -> new WechatError(88004, "comment is not exists"));
	}

	private static JsonNode change(Talk talk, JsonNode body, UnaryOperator<Comment> change) {
		Comment before = comment(talk, body);
		talk.comments().set(talk.comments().indexOf(before), change.apply(before));
		return Reply.done();
	}

	@Override
	public String name() {
		return "comments";
	}

	@Override
	public Object save() {
		return new Saved(this.talks);
	}

	@Override
	public void load(JsonNode saved) {
		this.talks = new HashMap<>();
		Json.read(saved, Saved.class)
			.talks()
			.forEach((key, talk) -> this.talks.put(key, new Talk(talk.open(), new ArrayList<>(talk.comments()))));
	}

	/**
	 * The comments under one article.
	 */
	private record Talk(boolean open, List<Comment> comments) {
	}

	private record Saved(Map<String, Talk> talks) {
	}

}
