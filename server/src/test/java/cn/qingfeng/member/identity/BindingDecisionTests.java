package cn.qingfeng.member.identity;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BindingDecisionTests {

	private static final UUID MEMBER = UUID.randomUUID();

	@Test
	void aFreeAccountJoinsAFreeMember() {
		assertThat(BindingDecision.of(account("mini", null, null), MEMBER, List.of())).isEqualTo(BindingDecision.JOIN);
	}

	@Test
	void bindingTwiceChangesNothing() {
		Account account = account("mini", null, MEMBER);
		assertThat(BindingDecision.of(account, MEMBER, List.of(account))).isEqualTo(BindingDecision.JOINED);
	}

	@Test
	void anAccountBelongsToOneMember() {
		Account account = account("mini", null, UUID.randomUUID());
		assertThat(BindingDecision.of(account, MEMBER, List.of())).isEqualTo(BindingDecision.ACCOUNT_TAKEN);
	}

	@Test
	void aMemberHasOneAccountInEachApp() {
		Account before = account("mini", null, MEMBER);
		assertThat(BindingDecision.of(account("mini", null, null), MEMBER, List.of(before)))
			.isEqualTo(BindingDecision.MEMBER_TAKEN);
		assertThat(BindingDecision.of(account("mp", null, null), MEMBER, List.of(before)))
			.isEqualTo(BindingDecision.JOIN);
	}

	@Test
	void anotherUnionIsAnotherPerson() {
		Account before = account("mini", "u1", MEMBER);
		assertThat(BindingDecision.of(account("mp", "u2", null), MEMBER, List.of(before)))
			.isEqualTo(BindingDecision.MEMBER_TAKEN);
		assertThat(BindingDecision.of(account("mp", "u1", null), MEMBER, List.of(before)))
			.isEqualTo(BindingDecision.JOIN);
	}

	private static Account account(String appid, @Nullable String unionid, @Nullable UUID memberId) {
		return new Account(UUID.randomUUID(), appid, unionid, memberId);
	}

}
