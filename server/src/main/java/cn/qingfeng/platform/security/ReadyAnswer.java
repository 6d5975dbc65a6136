package cn.qingfeng.platform.security;

import java.util.Optional;

/**
 * Something that many members ask for at the same time and that lies ready in memory.
 * Implemented by the feature that owns it, which also answers the same request without
 * this.
 */
public interface ReadyAnswer {

	/** Whether a GET of this path may be answered so. */
	boolean isFor(String path);

	/**
	 * Finds the answer.
	 * @param path that it is for
	 * @param member who asks
	 * @return empty for a foreign one as for one that is not in memory
	 */
	Optional<Body> find(String path, CurrentMember member);

	/**
	 * The answer.
	 *
	 * @param json for reading only
	 * @param etag of it, with its quotation marks
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Body(byte[] json, String etag) {

	}

}
