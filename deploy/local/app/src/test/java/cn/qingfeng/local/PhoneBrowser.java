package cn.qingfeng.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

/**
 * A headless Chromium that looks like a phone. The build unpacks it, its libraries and a
 * Chinese font into {@code target/browser}; {@code QINGFENG_BROWSER} names another one. A
 * missing browser fails the tests.
 */
public final class PhoneBrowser implements AutoCloseable {

	private static final Path UNPACKED = Path.of("target", "browser").toAbsolutePath();

	private final Playwright playwright;

	private final Browser browser;

	private PhoneBrowser(Playwright playwright, Browser browser) {
		this.playwright = playwright;
		this.browser = browser;
	}

	public static PhoneBrowser start() {
		Path executable = executable();
		if (!Files.isExecutable(executable)) {
			throw new IllegalStateException(
					"No browser at %s: run the tests through Maven without -Dweb.skip".formatted(executable));
		}
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		try {
			Browser browser = playwright.chromium()
				.launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
					.setEnv(environment())
					.setTimeout(60_000)
					.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
							"--disable-background-networking", "--disable-component-update")));
			return new PhoneBrowser(playwright, browser);
		}
		catch (RuntimeException ex) {
			playwright.close();
			throw ex;
		}
	}

	/** A phone of its own: own cookies, own storage. */
	public Phone phone(URI server) {
		return new Phone(newContext(ColorScheme.LIGHT), server);
	}

	public Phone darkPhone(URI server) {
		return new Phone(newContext(ColorScheme.DARK), server);
	}

	private BrowserContext newContext(ColorScheme colours) {
		return this.browser.newContext(new Browser.NewContextOptions().setViewportSize(390, 844)
			.setIsMobile(true)
			.setHasTouch(true)
			.setLocale("zh-CN")
			.setTimezoneId("Asia/Shanghai")
			.setColorScheme(colours));
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

	private static Path executable() {
		String named = System.getenv("QINGFENG_BROWSER");
		return (named != null) ? Path.of(named) : UNPACKED.resolve("chromium");
	}

	private static Map<String, String> environment() {
		Map<String, String> environment = new HashMap<>(System.getenv());
		if (Files.exists(UNPACKED.resolve("fonts.conf"))) {
			environment.put("FONTCONFIG_FILE", UNPACKED.resolve("fonts.conf").toString());
		}
		boolean complete = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib")
			.anyMatch((folder) -> Files.exists(Path.of(folder, "libnss3.so")));
		if (!complete) {
			environment.merge("LD_LIBRARY_PATH", UNPACKED.resolve("lib").toString(),
					(given, ours) -> ours + ":" + given);
		}
		return environment;
	}

}
