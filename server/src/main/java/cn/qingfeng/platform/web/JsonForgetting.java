package cn.qingfeng.platform.web;

import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.util.JsonRecyclerPools;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.stereotype.Component;

/**
 * Buffers that are used again keep what the last request left in them, for as long as the
 * server runs: somebody's phone number, in every dump of its heap. New ones cost little.
 */
@Component
class JsonForgetting implements JsonFactoryBuilderCustomizer {

	@Override
	public void customize(JsonFactoryBuilder builder) {
		builder.recyclerPool(JsonRecyclerPools.nonRecyclingPool());
	}

}
