package cn.qingfeng.local;

import java.time.Duration;
import java.util.List;

import cn.qingfeng.platform.reactor.Startup;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * One staff account for each part somebody may play, all with the same known password.
 */
class LocalAccounts implements ApplicationRunner, Ordered {

	static final String PASSWORD = "qingfeng-local";

	static final List<NewStaffAccount> ALL = List.of(account("admin", "系统管理员", Role.ADMIN),
			account("author", "编辑小周", Role.AUTHOR), account("reviewer1", "初审老王", Role.REVIEWER_1),
			account("reviewer2", "复审老李", Role.REVIEWER_2), account("reviewer3", "终审老张", Role.REVIEWER_3),
			account("publisher", "发布小陈", Role.PUBLISHER), account("quizzer", "命题小赵", Role.QUIZ_AUTHOR),
			account("organiser", "活动小孙", Role.ORGANISER), account("approver", "审批老刘", Role.APPROVER),
			account("auditor", "审计老吴", Role.AUDITOR));

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final StaffAccounts accounts;

	LocalAccounts(StaffAccounts accounts) {
		this.accounts = accounts;
	}

	private static NewStaffAccount account(String username, String name, Role role) {
		return NewStaffAccount.of(username, name, PASSWORD, role);
	}

	@Override
	public void run(ApplicationArguments args) {
		Startup.await(this.accounts.open(ALL), LIMIT);
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
