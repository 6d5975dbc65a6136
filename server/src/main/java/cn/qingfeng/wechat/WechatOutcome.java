package cn.qingfeng.wechat;

import java.util.function.Function;

/**
 * How a call to WeChat ended, as far as we can know it. The caller must decide on each
 * case: a send that is {@link Unknown} may have reached its recipient.
 *
 * @param <T> what a successful call gives
 */
public sealed interface WechatOutcome<T> {

	/** Applies the function to what was done; the other cases pass through. */
	<R> WechatOutcome<R> map(Function<? super T, ? extends R> mapper);

	/**
	 * WeChat did it.
	 *
	 * @param value what WeChat answered
	 */
	record Done<T>(T value) implements WechatOutcome<T> {

		@Override
		public <R> WechatOutcome<R> map(Function<? super T, ? extends R> mapper) {
			return new Done<>(mapper.apply(this.value));
		}

	}

	/**
	 * Definitely not done.
	 *
	 * @param errorClass what to do about it
	 * @param code WeChat's {@code errcode}, or {@link #NOT_CALLED} when the gateway
	 * itself held the call back
	 * @param message WeChat's own words
	 * @param rid the trace id to quote to WeChat's support, empty when there is none
	 */
	record Refused<T>(WechatErrorClass errorClass, int code, String message, String rid) implements WechatOutcome<T> {

		/** The gateway did not call WeChat at all. */
		public static final int NOT_CALLED = 0;

		/**
		 * WeChat could not be reached, or was spared because it fails: the call itself is
		 * as good as before.
		 */
		public boolean isAway() {
			return this.errorClass == WechatErrorClass.RETRY && this.code == NOT_CALLED;
		}

		@Override
		public <R> WechatOutcome<R> map(Function<? super T, ? extends R> mapper) {
			return new Refused<>(this.errorClass, this.code, this.message, this.rid);
		}

	}

	/**
	 * It may have been done: the answer was lost, late or not readable.
	 *
	 * @param reason what happened to the answer; holds no personal data
	 */
	record Unknown<T>(String reason) implements WechatOutcome<T> {

		@Override
		public <R> WechatOutcome<R> map(Function<? super T, ? extends R> mapper) {
			return new Unknown<>(this.reason);
		}

	}

}
