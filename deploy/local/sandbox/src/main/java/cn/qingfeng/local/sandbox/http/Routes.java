package cn.qingfeng.local.sandbox.http;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * WeChat's paths and who answers them.
 */
public final class Routes {

	private final Map<String, Route> routes = new HashMap<>();

	/** A path that needs no token. */
	public void open(String method, String path, Function<Call, JsonNode> answer) {
		this.routes.put(path, new Route(method, Capability.ANY, true, (app, call) -> Reply.json(answer.apply(call))));
	}

	/** A path that needs no token and answers with a picture or a page. */
	public void page(String path, Function<Call, Reply> answer) {
		this.routes.put(path, new Route("GET", Capability.ANY, true, (app, call) -> answer.apply(call)));
	}

	/** A path that needs a token of an account that may use it. */
	public void api(String method, String path, Capability capability, BiFunction<App, Call, JsonNode> answer) {
		raw(method, path, capability, (app, call) -> Reply.json(answer.apply(app, call)));
	}

	/** As {@code api}, for answers that are not JSON. */
	public void raw(String method, String path, Capability capability, BiFunction<App, Call, Reply> answer) {
		this.routes.put(path, new Route(method, capability, false, (app, call) -> {
			if (app == null) {
				throw new IllegalStateException("called without an account");
			}
			return answer.apply(app, call);
		}));
	}

	@Nullable Route find(String path) {
		return this.routes.get(path);
	}

	/** How a path is answered. */
	interface Answer {

		Reply to(@Nullable App app, Call call);

	}

	record Route(String method, Capability capability, boolean open, Answer answer) {

		void checkMethod(Call call) {
			if (!this.method.equals(call.method()) && !"ANY".equals(this.method)) {
				boolean post = "POST".equals(this.method);
				throw new WechatError(post ? 43002 : 43001, post ? "require POST method" : "require GET method");
			}
		}

	}

}
