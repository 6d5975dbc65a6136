package cn.qingfeng.platform.warmup;

import reactor.core.publisher.Mono;

/**
 * What a rush does a thousand times a second. Implemented by the feature that owns it.
 */
public interface WarmUp {

	/**
	 * Does it once, on things that do not exist, so that it changes nothing.
	 * @param server this node, to be called as a phone calls it
	 * @return completes when done; an error ends this time alone
	 */
	Mono<Void> exercise(OwnServer server);

}
