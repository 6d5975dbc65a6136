package cn.qingfeng.platform.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.qingfeng.platform.problem.StaleVersionProblem;

/**
 * Versions of drafts as entity tags (RFC 9110, 8.8.3): {@code "7"}.
 */
public final class Versions {

	private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

	private Versions() {
	}

	/** The value for the header {@code ETag}. */
	public static String etag(long version) {
		return "\"" + version + "\"";
	}

	/**
	 * The version in a header {@code If-Match}; what is not one of ours matches nothing,
	 * so it answers 412.
	 */
	public static long of(String ifMatch) {
		Matcher etag = ETAG.matcher(ifMatch.strip());
		if (!etag.matches()) {
			throw new StaleVersionProblem();
		}
		return Long.parseLong(etag.group(1));
	}

}
