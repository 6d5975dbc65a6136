package cn.qingfeng.content.review;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One reviewer's word on one hash.
 *
 * @param submission the how-manieth submission it was given on
 * @param stage 1 to 3
 */
public record Signature(int submission, int stage, Verdict verdict, @Nullable String comment, UUID reviewerId,
		String contentHash, Instant signedAt) {

}
