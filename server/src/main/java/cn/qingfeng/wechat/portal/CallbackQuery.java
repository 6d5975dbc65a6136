package cn.qingfeng.wechat.portal;

import org.springframework.util.MultiValueMap;

/**
 * What WeChat adds to the address of a callback; absent parameters are empty.
 */
record CallbackQuery(String signature, String messageSignature, String timestamp, String nonce, String encryptType,
		String echo) {

	static CallbackQuery of(MultiValueMap<String, String> parameters) {
		return new CallbackQuery(first(parameters, "signature"), first(parameters, "msg_signature"),
				first(parameters, "timestamp"), first(parameters, "nonce"), first(parameters, "encrypt_type"),
				first(parameters, "echostr"));
	}

	private static String first(MultiValueMap<String, String> parameters, String name) {
		String value = parameters.getFirst(name);
		return (value != null) ? value : "";
	}

}
