package cn.qingfeng.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who somebody is, on the phone page in a real browser: where they are logged in, in
 * usual and in large letters, and what they do when somebody else has bound their entry
 * of the roster. Pictures of every screen lie in {@code target/screenshots}.
 */
class PhoneIdentityIT {

	@TempDir
	Path folder;

	@Test
	void devicesAreLoggedOutAndATakenEntryIsAppealed() throws IOException, InterruptedException {
		try (LocalProcess server = LocalProcess.start(this.folder);
				PhoneBrowser browser = PhoneBrowser.start();
				Phone mine = browser.phone(URI.create(server.url()));
				Phone lost = browser.phone(URI.create(server.url()));
				Phone appellant = browser.phone(URI.create(server.url()))) {
			logIn(mine, "13000000003");
			mine.type("姓名", "胡秋林").tap("用本机号码验证").see("廉洁故事");
			aLostPhoneIsLoggedOut(mine, lost);
			devicesInLargeLettersAndWithoutANetwork(mine);
			aTakenEntryIsAppealed(appellant, Api.of(server));
			mine.open("/pages/me/index");
			mine.page().reload();
			mine.see("还没有登录").screenshot("identity-9-parted");
			assertThat(mine.troubles()).isEmpty();
			assertThat(appellant.troubles()).isEmpty();
		}
	}

	private static void logIn(Phone phone, String number) {
		phone.open("/pages/login/index?to=%2Fpages%2Flearn%2Findex").see("微信登录");
		phone.tap("我已阅读并同意").tap("微信登录");
		phone.page().locator("#search").fill(number);
		phone.page().locator("#people li").first().click();
	}

	private static void aLostPhoneIsLoggedOut(Phone mine, Phone lost) {
		goToDevices(mine.open("/pages/me/index")).see("没有其他设备").screenshot("identity-1-one-device");
		logIn(lost, "13000000003");
		lost.see("廉洁故事");
		mine.open("/pages/learn/index").open("/pages/devices/index").see("退出这台设备").screenshot("identity-2-devices");
		assertThat(mine.page().getByText("本机", new Page.GetByTextOptions().setExact(true)).count()).isEqualTo(1);
		assertThat(mine.overflow()).isZero();
		mine.tap("退出这台设备").see("退出这台设备？").screenshot("identity-3-sure");
		primary(mine);
		mine.see("没有其他设备");
		lost.page().reload();
		lost.open("/pages/me/index").see("还没有登录");
	}

	private static void devicesInLargeLettersAndWithoutANetwork(Phone mine) {
		mine.open("/pages/me/index").tap("特大").screenshot("identity-4-me-large");
		goToDevices(mine).see("没有其他设备").screenshot("identity-5-devices-large");
		assertThat(mine.overflow()).isZero();
		goToDevices(mine.open("/pages/me/index").see("我的登录设备").offline(true)).see("没有加载成功")
			.see("网络不给力")
			.screenshot("identity-6-offline");
		mine.offline(false).tap("重试").see("没有其他设备");
		mine.open("/pages/me/index").tap("标准");
	}

	private static void aTakenEntryIsAppealed(Phone phone, Api api) throws IOException, InterruptedException {
		String admin = api.staff("admin");
		JsonNode taken = api.get(admin, "/api/admin/v1/members?q=%E8%83%A1%E7%A7%8B%E6%9E%97").get("items").get(0);
		String code = api.post(admin, "/api/admin/v1/members/" + taken.get("id").asString() + "/binding-codes", null)
			.get("code")
			.asString();
		logIn(phone, "13000000004");
		phone.see("绑定身份").type("姓名", "胡秋林").type("绑定码", code).tap("用绑定码绑定");
		phone.see("该名册条目已被绑定").screenshot("identity-7-taken");
		primary(phone);
		phone.see("方便联系").screenshot("identity-8-appeal");
		phone.open("/pages/me/index").tap("特大");
		phone.page().locator(".item", new Page.LocatorOptions().setHasText("绑定申诉")).tap();
		phone.see("提交申诉").type("姓名", "胡秋林").type("名册登记的手机号", "13000000003").type("方便联系的手机号", "13000000004");
		phone.page().getByLabel("申诉理由").locator("textarea").fill("换了新微信，旧微信不再使用");
		phone.screenshot("identity-8-appeal-large");
		assertThat(phone.overflow()).isZero();
		phone.tap("提交申诉").see("正在核实").screenshot("identity-8-appealed");
		String appeal = api.get(admin, "/api/admin/v1/binding-appeals?state=OPEN")
			.get("items")
			.get(0)
			.get("id")
			.asString();
		api.post(admin, "/api/admin/v1/binding-appeals/" + appeal + "/decision",
				Map.of("verdict", "approve", "answer", "已当面核实，请重新进入"));
		phone.page().reload();
		phone.see("已通过").see("您已绑定身份").screenshot("identity-8-approved");
	}

	private static Phone goToDevices(Phone phone) {
		phone.page().locator(".item", new Page.LocatorOptions().setHasText("我的登录设备")).tap();
		return phone;
	}

	private static void primary(Phone phone) {
		phone.page().locator(".uni-modal__btn_primary").tap();
		phone.page().locator(".uni-modal").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
	}

}
