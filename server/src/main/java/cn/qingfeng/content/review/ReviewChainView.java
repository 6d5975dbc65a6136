package cn.qingfeng.content.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A chain as staff see it, with names.
 */
record ReviewChainView(String contentHash, boolean complete, List<SignatureView> signatures) {

	/**
	 * A reviewer's word, and whether it still counts.
	 */
	record SignatureView(int stage, Verdict verdict, @Nullable String comment, Person reviewer, String contentHash,
			Instant at, boolean valid) {

	}

	/**
	 * A member of staff by name.
	 */
	record Person(UUID id, String displayName) {

	}

}
