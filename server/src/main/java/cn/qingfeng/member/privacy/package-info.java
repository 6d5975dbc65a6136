/**
 * Personal data: encrypted at rest, found by keyed hashes, used with recorded consent.
 */
@NullMarked
package cn.qingfeng.member.privacy;

import org.jspecify.annotations.NullMarked;
