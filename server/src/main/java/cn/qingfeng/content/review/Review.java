package cn.qingfeng.content.review;

import org.jspecify.annotations.Nullable;

/**
 * What a reviewer hands in.
 *
 * @param stage 1 to 3
 * @param contentHash of the bytes that were read
 */
public record Review(int stage, Verdict verdict, @Nullable String comment, String contentHash) {

}
