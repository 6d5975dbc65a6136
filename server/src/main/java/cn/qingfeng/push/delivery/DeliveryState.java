package cn.qingfeng.push.delivery;

/**
 * What became of a message to one member.
 */
public enum DeliveryState {

	/** Not yet handed to WeChat. */
	PLANNED,

	/** Leased by a worker: it may be on its way. */
	SENDING,

	/** WeChat took it; its receipt is awaited. */
	ACCEPTED,

	/** It arrived, or lies in the inbox where that is the only channel. */
	DELIVERED,

	/** The recipient refuses messages of the account. */
	BLOCKED,

	/** It definitely did not arrive. */
	FAILED,

	/** WeChat took it and never said what became of it. */
	NO_RECEIPT,

	/** Knowingly not sent, for instance because the recipient no longer follows. */
	SKIPPED,

	/** It may have arrived; it is never sent again blindly. */
	DOUBTFUL

}
