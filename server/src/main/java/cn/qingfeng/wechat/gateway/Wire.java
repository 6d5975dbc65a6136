package cn.qingfeng.wechat.gateway;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.service.WxService;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own records as JSON over WxJava's transport. Its beans lose fields that WeChat
 * added since, cut long values short and fail on ids that are missing; its transport
 * reads error codes well.
 */
final class Wire {

	/**
	 * WeChat mixes numbers and their texts, and leaves out what is zero. Its answers hold
	 * phone numbers and tokens, so no buffer of theirs is kept to be used again.
	 */
	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build())
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion((now) -> now.withValueInclusion(JsonInclude.Include.NON_NULL))
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
		.build();

	private final WxService service;

	private final String host;

	Wire(WxService service, String host) {
		this.service = service;
		this.host = host;
	}

	<T> T get(Endpoint endpoint, Class<T> answer) throws WxErrorException {
		return read(this.service.get(address(endpoint), null), answer);
	}

	<T> T post(Endpoint endpoint, Object body, Class<T> answer) throws WxErrorException {
		return read(this.service.post(address(endpoint), JSON.writeValueAsString(body)), answer);
	}

	/** For calls that answer nothing but that they were done. */
	void post(Endpoint endpoint, Object body) throws WxErrorException {
		post(endpoint, body, Map.class);
	}

	static <T> T read(String text, Class<T> answer) {
		return JSON.readValue(text, answer);
	}

	private String address(Endpoint endpoint) {
		return this.host + endpoint.path();
	}

}
