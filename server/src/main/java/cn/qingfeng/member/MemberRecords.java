package cn.qingfeng.member;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * What a feature keeps about members. Each that keeps something has a bean of this, so
 * that a member who asks for everything gets everything.
 */
public interface MemberRecords {

	/** Name of the section in the member's copy, such as {@code quiz}. */
	String section();

	/**
	 * Everything about one member and nothing about another.
	 * @param member whose
	 * @return a JSON object for the member to read
	 */
	Mono<JsonNode> copy(MemberId member);

	/**
	 * Erases what need not be kept, in the caller's transaction. What statistics count
	 * may stay under the member's id, which then leads to nobody.
	 * @param member whose
	 * @return completes when erased
	 */
	Mono<Void> erase(MemberId member);

}
