package cn.qingfeng.local;

import java.nio.file.Path;
import java.util.stream.Collectors;

import cn.qingfeng.staff.NewStaffAccount;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Prints the guide when everything answers.
 */
class WhereToLook implements ApplicationListener<ApplicationReadyEvent> {

	private final Environment environment;

	WhereToLook(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		String server = "http://127.0.0.1:" + this.environment.getProperty("local.server.port");
		String sandbox = "http://127.0.0.1:" + this.environment.getProperty("qingfeng.local.sandbox.port", "8090");
		Guide guide = new Guide().heading("清风已启动 · Qingfeng is running（仅供试用，只监听本机 · trial, this machine only）")
			.entry("党员页面 Member page", server + "/m/");
		if (this.environment.getProperty("qingfeng.local.sandbox.enabled", Boolean.class, false)) {
			guide.entry("沙箱手机 Sandbox phone", sandbox + "/");
		}
		guide.entry("接口文档 API documents", server + "/openapi/member.yaml")
			.entry("", server + "/openapi/admin.yaml")
			.entry("工作人员登录 Staff login", "POST " + server + "/api/admin/v1/sessions")
			.entry("  账号 accounts", accounts(0, 5))
			.entry("", accounts(5, LocalAccounts.ALL.size()))
			.entry("  密码 password", LocalAccounts.PASSWORD)
			.entry("产品时钟 Product clock", "GET|PUT " + server + "/_local/clock")
			.entry("数据目录 Data folder", data())
			.entry("停止 Stop", "Ctrl-C")
			.print(System.out);
	}

	private String data() {
		return Path.of(this.environment.getProperty("qingfeng.local.data", "data"))
			.toAbsolutePath()
			.normalize()
			.toString();
	}

	private static String accounts(int from, int to) {
		return LocalAccounts.ALL.subList(from, to)
			.stream()
			.map(NewStaffAccount::username)
			.collect(Collectors.joining(" "));
	}

}
