package cn.qingfeng.platform.outbox;

/** Carries what failed out of the transaction that it rolls back. */
final class FailedDelivery extends RuntimeException {

	private final transient Delivery delivery;

	private final Throwable error;

	FailedDelivery(Delivery delivery, Throwable error) {
		super(error);
		this.delivery = delivery;
		this.error = error;
	}

	Delivery delivery() {
		return this.delivery;
	}

	Throwable error() {
		return this.error;
	}

}
