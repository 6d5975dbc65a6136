package cn.qingfeng.staff.account;

import java.time.Duration;
import java.util.List;

import cn.qingfeng.platform.reactor.Startup;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Opens the account {@code admin} on the very first start of an installation, with the
 * password that the operator gave it ({@link StaffProperties#adminPassword()}). There is
 * no default password: without one given nobody can log in, and the log says so.
 */
@Component
class FirstAdministrator implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int SHORTEST = 12;

	private final StaffAccounts accounts;

	private final StaffProperties properties;

	FirstAdministrator(StaffAccounts accounts, StaffProperties properties) {
		this.accounts = accounts;
		this.properties = properties;
	}

	@Override
	public void run(ApplicationArguments args) {
		Startup.await(this.accounts.anyExists().flatMap((exists) -> exists ? Mono.empty() : open()), LIMIT);
	}

	private Mono<Void> open() {
		String password = this.properties.adminPassword();
		if (password == null || password.isEmpty()) {
			log.warn("nobody of staff can log in: give QINGFENG_STAFF_ADMINPASSWORD once to open the account admin");
			return Mono.empty();
		}
		if (password.length() < SHORTEST) {
			return Mono.error(
					new IllegalStateException("QINGFENG_STAFF_ADMINPASSWORD needs %d characters".formatted(SHORTEST)));
		}
		return this.accounts.open(List.of(NewStaffAccount.of("admin", "系统管理员", password, Role.ADMIN)))
			.doOnSuccess((done) -> log.info("the account admin was opened; change its password"));
	}

}
