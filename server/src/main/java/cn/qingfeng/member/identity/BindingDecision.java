package cn.qingfeng.member.identity;

import java.util.List;
import java.util.UUID;

/**
 * Whether an account may be joined to a member. A member is one person, who may have one
 * account in each app.
 */
enum BindingDecision {

	/** Nothing stands against it. */
	JOIN,

	/** They are joined already. */
	JOINED,

	/** The account belongs to another member. */
	ACCOUNT_TAKEN,

	/** The member belongs to another person. */
	MEMBER_TAKEN;

	/**
	 * Decides.
	 * @param account to be joined
	 * @param memberId to which member
	 * @param ofMember the accounts that the member has already
	 */
	static BindingDecision of(Account account, UUID memberId, List<Account> ofMember) {
		if (memberId.equals(account.memberId())) {
			return JOINED;
		}
		if (account.memberId() != null) {
			return ACCOUNT_TAKEN;
		}
		return ofMember.stream().anyMatch(account::isSomebodyElse) ? MEMBER_TAKEN : JOIN;
	}

}
