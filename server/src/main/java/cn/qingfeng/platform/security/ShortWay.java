package cn.qingfeng.platform.security;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

/**
 * The short way to an answer that many members want in the same minute, past filters and
 * routes. Implemented by the feature that owns the answer, which also gives it on the
 * long way: the short one knows the good answer only.
 */
public interface ShortWay {

	/** Short, for metrics. */
	String name();

	/** Whether requests without a body and of this path may take it. */
	boolean isFor(HttpMethod method, String path);

	/**
	 * Without waiting.
	 * @param path that it is for
	 * @param memberId the bound member who asks
	 * @return the answer, empty when it is not at hand
	 */
	default Optional<Answer> atHand(String path, UUID memberId) {
		return Optional.empty();
	}

	/**
	 * Goes it, for what is not at hand.
	 * @param path that it is for
	 * @param memberId the bound member who asks
	 * @return the answer; empty or any error for whatever must go the long way, which is
	 * gone after it, and after two seconds without an answer too, so going it twice must
	 * do no harm
	 */
	Mono<Answer> answer(String path, UUID memberId);

	/**
	 * A good answer.
	 *
	 * @param json for reading only
	 * @param etag of it, with its quotation marks; null for what is no state
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Answer(byte[] json, @Nullable String etag) {

	}

}
