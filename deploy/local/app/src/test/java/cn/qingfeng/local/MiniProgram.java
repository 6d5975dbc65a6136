package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import tools.jackson.databind.json.JsonMapper;

/**
 * The built mini-program in somebody's hands: WeChat's component engine in the browser,
 * the real server behind it, and the sandbox for what WeChat itself asks the person. The
 * build of the contract leaves it in {@code target/simulator}.
 */
final class MiniProgram {

	private static final Path BUILT = Path.of("..", "..", "..", "miniapp-contract", "target", "simulator",
			"mini-program.js");

	private static final String BUILT_FOR = "http://127.0.0.1:8080";

	/** WeChat's own elements look like this; the rest is the mini-program's. */
	private static final String DOCUMENT = """
			<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
			<meta name="viewport" content="width=device-width,initial-scale=1"><style>
			body { margin: 0 } view, scroll-view { display: block } text { white-space: pre-line }
			button { display: block; width: 100%; border: 0; box-sizing: border-box; font-family: inherit }
			</style></head>
			<body><div id="page"></div><script src="mini-program.js"></script></body></html>
			""";

	private static final String WECHAT = """
			window.wechat = { login: () => wechatLogin(), popup: (results) => wechatPopup(JSON.stringify(results)) };
			""";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Phone phone;

	private final Api api;

	private final String person;

	private MiniProgram(Phone phone, Api api, String person) {
		this.phone = phone;
		this.api = api;
		this.person = person;
	}

	static MiniProgram open(Phone phone, Api api, String person) throws IOException {
		MiniProgram program = new MiniProgram(phone, api, person);
		Page page = phone.page();
		String script = Files.readString(BUILT).replace(BUILT_FOR, api.server().toString());
		page.route("**/mini-program/", (route) -> answer(route, "text/html", DOCUMENT));
		page.route("**/mini-program/mini-program.js", (route) -> answer(route, "text/javascript", script));
		page.exposeFunction("wechatLogin", (nothing) -> program.login());
		page.exposeFunction("wechatPopup", (results) -> program.popup(results[0].toString()));
		page.addInitScript(WECHAT);
		page.navigate(api.server().resolve("/mini-program/").toString());
		return program;
	}

	private static void answer(Route route, String type, String body) {
		route.fulfill(new Route.FulfillOptions().setContentType(type + ";charset=utf-8").setBody(body));
	}

	private String login() {
		try {
			return this.api.code(this.person, "wxLogin");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean popup(String results) {
		try {
			this.api.inTheMiniProgram(this.person, "popup", Map.of("results", JSON.readTree(results)));
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Opens a page, such as {@code pages/me/index}. */
	MiniProgram go(String page) {
		this.phone.page().evaluate("(page) => simulator.go(page)", page);
		return this;
	}

	/** From now on the person answers WeChat's popup so. */
	void answers(String answer) {
		this.phone.page().evaluate("(answer) => { simulator.choose = () => answer; }", answer);
	}

	/** The main switch of WeChat's settings for this mini-program. */
	void mainSwitch(boolean on) {
		this.phone.page().evaluate("(on) => { simulator.mainSwitch = on; }", on);
	}

}
