package cn.qingfeng.local.sandbox.registry;

/**
 * What a person allowed a subscription template to send.
 *
 * @param count sends left by one-time consents
 * @param lasting whether a long-term consent stands
 */
public record Grant(int count, boolean lasting) {

	static final Grant NONE = new Grant(0, false);

	Grant accepted(boolean longTerm) {
		return longTerm ? new Grant(this.count, true) : new Grant(this.count + 1, this.lasting);
	}

	boolean usable() {
		return this.lasting || this.count > 0;
	}

	Grant used() {
		return this.lasting ? this : new Grant(this.count - 1, false);
	}

}
