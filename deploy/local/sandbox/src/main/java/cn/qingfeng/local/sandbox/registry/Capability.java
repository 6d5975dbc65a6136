package cn.qingfeng.local.sandbox.registry;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a call needs its account to be. A call outside this matrix answers 48001.
 */
public enum Capability {

	/** Any account with a token. */
	ANY(true, AppKind.SUBSCRIPTION, AppKind.SERVICE, AppKind.MINI),

	MEDIA(false, AppKind.SUBSCRIPTION, AppKind.SERVICE, AppKind.MINI),

	DRAFT(false, AppKind.SUBSCRIPTION, AppKind.SERVICE),

	MENU(true, AppKind.SUBSCRIPTION, AppKind.SERVICE),

	USERS(true, AppKind.SUBSCRIPTION, AppKind.SERVICE),

	MASS_BY_TAG(true, AppKind.SUBSCRIPTION, AppKind.SERVICE),

	MASS_BY_LIST(true, AppKind.SERVICE),

	PUBLISH(false, AppKind.SERVICE),

	OAUTH(true, AppKind.SERVICE),

	JS_SDK(false, AppKind.SUBSCRIPTION, AppKind.SERVICE),

	TEMPLATE(true, AppKind.SERVICE),

	BIZ_SUBSCRIBE(true, AppKind.SERVICE),

	CUSTOMER_SERVICE(true, AppKind.SUBSCRIPTION, AppKind.SERVICE),

	QR_CODE(true, AppKind.SERVICE),

	SHORT_KEY(false, AppKind.SERVICE),

	STATISTICS(true, AppKind.SUBSCRIPTION, AppKind.SERVICE),

	MINI_LOGIN(false, AppKind.MINI),

	MINI_PHONE(true, AppKind.MINI),

	MINI_SUBSCRIBE(false, AppKind.MINI),

	MINI_CODE(false, AppKind.MINI),

	MINI_SECURITY(false, AppKind.MINI);

	private final boolean certified;

	private final Set<AppKind> kinds;

	Capability(boolean certified, AppKind first, AppKind... others) {
		this.certified = certified;
		this.kinds = EnumSet.of(first, others);
	}

	boolean grantedTo(AppKind kind, boolean isCertified) {
		if (this == ANY) {
			return true;
		}
		if (this == PUBLISH && kind == AppKind.SUBSCRIPTION) {
			return isCertified;
		}
		return this.kinds.contains(kind) && (isCertified || !this.certified);
	}

}
