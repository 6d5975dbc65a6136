package cn.qingfeng.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;

/**
 * The phone page in one member's hands. It writes down whatever a member must never meet:
 * errors of a script and requests to a host that is not ours.
 */
public final class Phone implements AutoCloseable {

	private final BrowserContext context;

	private final URI server;

	private final Page page;

	private final List<String> troubles = new CopyOnWriteArrayList<>();

	Phone(BrowserContext context, URI server) {
		this.context = context;
		this.server = server;
		this.page = context.newPage();
		this.page.setDefaultTimeout(60_000);
		this.page.onPageError((error) -> this.troubles.add("script: " + error));
		this.page.onRequest(this::watch);
	}

	private void watch(Request request) {
		URI address = URI.create(request.url().split("[?#]", 2)[0]);
		if (address.getHost() != null && !address.getHost().equals(this.server.getHost())) {
			this.troubles.add("request to " + address);
		}
	}

	/** Opens a page of the app, such as {@code /pages/quiz/index}. */
	public Phone open(String path) {
		this.page.navigate(this.server.resolve("/m/") + "#" + path);
		return this;
	}

	public Page page() {
		return this.page;
	}

	/** What shows exactly this text. */
	public Locator text(String text) {
		return this.page.getByText(text, new Page.GetByTextOptions().setExact(true)).locator("visible=true").first();
	}

	public Phone tap(String text) {
		text(text).tap();
		return this;
	}

	public Phone see(String text) {
		this.page.getByText(text).locator("visible=true").first().waitFor();
		return this;
	}

	/** Types into the input with this label. */
	public Phone type(String label, String text) {
		this.page.getByLabel(label).locator("input").fill(text);
		return this;
	}

	/** The member goes into the cellar, or comes out of it. */
	public Phone offline(boolean offline) {
		this.context.setOffline(offline);
		return this;
	}

	/** Pixels that stick out sideways. */
	public int overflow() {
		return ((Number) this.page.evaluate("document.documentElement.scrollWidth - innerWidth")).intValue();
	}

	public Phone screenshot(String name) {
		this.page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png"))
			.setTimeout(60_000));
		return this;
	}

	public List<String> troubles() {
		return List.copyOf(this.troubles);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
