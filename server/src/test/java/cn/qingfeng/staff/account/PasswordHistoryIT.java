package cn.qingfeng.staff.account;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which passwords of before are refused, with the rules of assessors and without.
 */
@QingfengIT
class PasswordHistoryIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private StaffAccounts accounts;

	@Autowired
	private StaffAccountRepository repository;

	@Autowired
	private Passwords passwords;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	private StaffAccount account;

	@BeforeEach
	void somebodyWithSixPasswordsSoFar() {
		String username = "p" + UUID.randomUUID();
		this.accounts.open(List.of(NewStaffAccount.of(username, "编辑", password(1), Role.AUTHOR))).block(TIMEOUT);
		UUID id = Objects.requireNonNull(this.database.sql("SELECT id FROM staff_account WHERE username = :name")
			.bind("name", username)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
		this.account = new StaffAccount(id, username, "编辑", Set.of("AUTHOR"), Set.of());
		PasswordChanging changing = changing(true);
		for (int n = 2; n <= 6; n++) {
			changing.accept(this.account, password(n)).flatMap((hash) -> changing.replace(id, hash)).block(TIMEOUT);
		}
	}

	@Test
	void underTheRulesOfAssessorsNoneOfTheLastFiveIsGoodAgain() {
		for (int n = 2; n <= 6; n++) {
			assertThat(isAccepted(changing(true), n)).as("password %d", n).isFalse();
		}
		assertThat(isAccepted(changing(true), 1)).isTrue();
	}

	@Test
	void withoutThemOnlyThePresentOneIsRefused() {
		assertThat(isAccepted(changing(false), 6)).isFalse();
		assertThat(isAccepted(changing(false), 5)).isTrue();
	}

	private boolean isAccepted(PasswordChanging changing, int n) {
		return Boolean.TRUE
			.equals(changing.accept(this.account, password(n)).hasElement().onErrorReturn(false).block(TIMEOUT));
	}

	private PasswordChanging changing(boolean mlps) {
		StaffProperties properties = new StaffProperties(Duration.ofHours(8), Duration.ofHours(12), mlps, null);
		return new PasswordChanging(this.repository, this.passwords, new PasswordPolicy(properties), this.clock);
	}

	private static String password(int n) {
		return "Wind over the Lake " + n;
	}

}
