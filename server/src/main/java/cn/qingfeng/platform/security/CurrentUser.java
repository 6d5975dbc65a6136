package cn.qingfeng.platform.security;

import java.util.UUID;

/** Who a live session belongs to. */
public sealed interface CurrentUser permits CurrentMember, CurrentStaff {

	UUID sessionId();

	/** Stable name across sessions, for keys and logs; no personal data. */
	String key();

}
