package cn.qingfeng.member;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent.Followed;
import cn.qingfeng.wechat.WechatEvent.Unfollowed;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class MembersIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private Members members;

	@Autowired
	private TestMembers testMembers;

	@Autowired
	private WechatProperties wechat;

	@Autowired
	@Qualifier("cn.qingfeng.member.identity.FollowedHandler")
	private OutboxHandler<Followed> followed;

	@Autowired
	@Qualifier("cn.qingfeng.member.identity.UnfollowedHandler")
	private OutboxHandler<Unfollowed> unfollowed;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private DatabaseClient database;

	@Test
	void membersAreNamedWithTheirUnits() {
		TestMember member = this.testMembers.add("点名", "finance");
		Map<UUID, MemberName> names = Objects
			.requireNonNull(this.members.names(List.of(member.id(), UUID.randomUUID())).block(TIMEOUT));
		assertThat(names).hasSize(1);
		assertThat(names.get(member.id())).satisfies((name) -> {
			assertThat(name.name()).isEqualTo("点名");
			assertThat(name.unitName()).contains("财政");
		});
		assertThat(this.members.find(new MemberId(UUID.randomUUID())).blockOptional(TIMEOUT)).isEmpty();
	}

	@Test
	void directBindingsStayWhenAskedAgain() {
		TestMember member = this.testMembers.add("直绑");
		String openid = "o" + UUID.randomUUID();
		List<DirectBinding> bindings = List.of(
				new DirectBinding(member.number(), this.wechat.mp().appId(), openid, null, true),
				new DirectBinding(member.number(), this.wechat.miniProgram().appId(), "m" + openid, "u" + openid,
						false),
				new DirectBinding("nobody", this.wechat.mp().appId(), "x" + openid, null, true));
		this.members.bindDirectly(bindings).block(TIMEOUT);
		this.members.bindDirectly(bindings).block(TIMEOUT);
		assertThat(reach(member)).isEqualTo(new MemberReach(member.id(), "直绑", openid, true, "m" + openid));
		assertThat(this.members.openids(new MemberId(member.id())).block(TIMEOUT))
			.isEqualTo(Map.of(WechatAccount.MP, openid, WechatAccount.MINI_PROGRAM, "m" + openid));
		assertThat(accounts(openid)).isEqualTo(1);
		assertThat(accounts("x" + openid)).isZero();
	}

	@Test
	void reachGoesThroughAllActiveMembersInOrder() {
		this.testMembers.add("一");
		this.testMembers.add("二");
		long count = Objects.requireNonNull(this.members.count().block(TIMEOUT));
		List<MemberReach> all = Objects.requireNonNull(this.members.reach(null, 100_000).block(TIMEOUT));
		assertThat(all).hasSizeGreaterThanOrEqualTo((int) count);
		List<MemberReach> first = Objects.requireNonNull(this.members.reach(null, 2).block(TIMEOUT));
		List<MemberReach> next = Objects
			.requireNonNull(this.members.reach(first.getLast().memberId(), 2).block(TIMEOUT));
		assertThat(first).isEqualTo(all.subList(0, 2));
		assertThat(next).isEqualTo(all.subList(2, 4));
	}

	@Test
	void whoUnfollowsIsErasedAndReachedByTheInboxOnly() {
		TestMember member = this.testMembers.add("取关");
		String openid = "o" + UUID.randomUUID();
		this.members
			.bindDirectly(List.of(new DirectBinding(member.number(), this.wechat.mp().appId(), openid, null, true)))
			.block(TIMEOUT);
		Instant at = Instant.parse("2026-11-22T02:00:00Z");
		this.unfollowed.handle(new Unfollowed(WechatAccount.MP, at, openid)).block(TIMEOUT);
		assertThat(reach(member)).isEqualTo(new MemberReach(member.id(), "取关", null, false, null));
		assertThat(accounts(openid)).isZero();
		this.followed.handle(new Followed(WechatAccount.MP, at.minusSeconds(1), openid, null)).block(TIMEOUT);
		assertThat(accounts(openid)).isZero();
		this.followed.handle(new Followed(WechatAccount.MP, at.plusSeconds(1), openid, null)).block(TIMEOUT);
		this.unfollowed.handle(new Unfollowed(WechatAccount.MP, at, openid)).block(TIMEOUT);
		assertThat(accounts(openid)).isEqualTo(1);
	}

	@Test
	void aRealUnfollowComesThroughTheCallback() {
		TestMember member = this.testMembers.add("真取关");
		PersonView person = this.sandbox.people().add(member.name(), member.phone());
		String openid = Objects.requireNonNull(person.openids().get(this.wechat.mp().appId()));
		this.sandbox.people().act(person.id(), "follow", Map.of());
		await(openid, 1);
		this.sandbox.people().act(person.id(), "unfollow", Map.of());
		await(openid, 0);
	}

	private void await(String openid, long accounts) {
		Mono.fromSupplier(() -> accounts(openid))
			.subscribeOn(Schedulers.boundedElastic())
			.filter((found) -> found == accounts)
			.repeatWhenEmpty(200, (rounds) -> rounds.delayElements(Duration.ofMillis(100)))
			.block(TIMEOUT);
		assertThat(accounts(openid)).isEqualTo(accounts);
	}

	private MemberReach reach(TestMember member) {
		return Objects.requireNonNull(this.members.reach(null, 100_000).block(TIMEOUT))
			.stream()
			.filter((each) -> each.memberId().equals(member.id()))
			.findFirst()
			.orElseThrow();
	}

	private long accounts(String openid) {
		return Objects.requireNonNull(this.database.sql("SELECT count(*) FROM wechat_account WHERE openid = :openid")
			.bind("openid", openid)
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT));
	}

}
