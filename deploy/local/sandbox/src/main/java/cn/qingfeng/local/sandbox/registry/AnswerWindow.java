package cn.qingfeng.local.sandbox.registry;

import java.time.Duration;
import java.time.Instant;

/**
 * How long and how often an account may still answer what a person did.
 */
public record AnswerWindow(Instant until, int left) {

	static final AnswerWindow NONE = new AnswerWindow(Instant.EPOCH, 0);

	/** After a message: five answers in two days. */
	public static AnswerWindow afterMessage(Instant now) {
		return new AnswerWindow(now.plus(Duration.ofHours(48)), 5);
	}

	/** After a tap, a scan or a follow: three answers in one minute. */
	public static AnswerWindow afterTouch(Instant now) {
		return new AnswerWindow(now.plus(Duration.ofMinutes(1)), 3);
	}

	public boolean closed(Instant now) {
		return now.isAfter(this.until);
	}

	public AnswerWindow used() {
		return new AnswerWindow(this.until, this.left - 1);
	}

	/** The wider of two windows: a tap does not take away what a message gave. */
	AnswerWindow or(AnswerWindow other, Instant now) {
		boolean stands = !closed(now) && this.left > 0 && this.until.isAfter(other.until());
		return stands ? this : other;
	}

}
