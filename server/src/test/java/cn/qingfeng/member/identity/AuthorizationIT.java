package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.member.DirectBinding;
import cn.qingfeng.member.Members;
import cn.qingfeng.wechat.BoundFollowers;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent.AuthorizationRevoked;
import cn.qingfeng.wechat.WechatProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class AuthorizationIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private Members members;

	@Autowired
	private TestMembers testMembers;

	@Autowired
	private WechatProperties wechat;

	@Autowired
	private AuthorizationRevokedHandler revoked;

	@Autowired
	private BoundFollowers followers;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	private final String openid = "o" + UUID.randomUUID();

	private TestMembers.TestMember member;

	@BeforeEach
	void aBoundMember() {
		this.member = this.testMembers.add("郑清");
		this.members
			.bindDirectly(
					List.of(new DirectBinding(this.member.number(), this.wechat.mp().appId(), this.openid, null, true)))
			.block(TIMEOUT);
	}

	@Test
	void aFollowerOnTheRosterIsKnownAsBoundUntilTheyLeave() {
		assertThat(isBound()).isTrue();
		assertThat(this.followers.isBound("o" + UUID.randomUUID()).block(TIMEOUT)).isFalse();
		this.database.sql("UPDATE member SET status = 'RETIRED' WHERE id = :id")
			.bind("id", this.member.id())
			.then()
			.block(TIMEOUT);
		assertThat(isBound()).isFalse();
	}

	@Test
	void whoCancelsIsErased() {
		revoke(null, this.clock.instant().plusSeconds(1));
		assertThat(accounts()).isZero();
	}

	@Test
	void whoWithdrawsThePhoneNumberIsPartedFromTheRoster() {
		revoke("8", this.clock.instant().plusSeconds(1));
		assertThat(accounts()).isEqualTo(1);
		assertThat(isBound()).isFalse();
	}

	@Test
	void anOldWithdrawalDoesNotUndoANewerBinding() {
		revoke("8", this.clock.instant().minusSeconds(60));
		assertThat(isBound()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "13", "18", "99" })
	void whatWasNeverKeptNeedsNoErasing(String kind) {
		revoke(kind, this.clock.instant().plusSeconds(1));
		assertThat(isBound()).isTrue();
	}

	private void revoke(@Nullable String kind, Instant at) {
		this.revoked.handle(new AuthorizationRevoked(WechatAccount.MP, at, this.openid, kind)).block(TIMEOUT);
	}

	private boolean isBound() {
		return this.followers.isBound(this.openid).blockOptional(TIMEOUT).orElseThrow();
	}

	private long accounts() {
		return this.database.sql("SELECT count(*) FROM wechat_account WHERE openid = :openid")
			.bind("openid", this.openid)
			.mapValue(Long.class)
			.one()
			.blockOptional(TIMEOUT)
			.orElseThrow();
	}

}
