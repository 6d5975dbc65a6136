package cn.qingfeng.local.sandbox.callback;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.registry.CallbackMode;
import cn.qingfeng.local.sandbox.world.Ids;
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message sealed for one attempt.
 */
record Envelope(long timestamp, String nonce, String query, String type, String body) {

	static Envelope seal(Delivery delivery, long timestamp, String nonce, Ids ids) {
		AppRegistration app = delivery.app().registration();
		boolean json = Dispatcher.writesJson(delivery.app());
		String signature = CallbackCodec.sign(app.token(), Long.toString(timestamp), nonce);
		String query = "signature=" + signature + "&timestamp=" + timestamp + "&nonce=" + nonce + "&openid="
				+ URLEncoder.encode(delivery.openid(), StandardCharsets.UTF_8);
		ObjectNode content = delivery.content();
		if (app.mode() != CallbackMode.PLAIN) {
			String encrypted = new CallbackCodec(app.aesKey(), app.appid()).encrypt(write(json, content),
					ids.next("prefix", 16).getBytes(StandardCharsets.US_ASCII));
			query += "&encrypt_type=aes&msg_signature="
					+ CallbackCodec.sign(app.token(), Long.toString(timestamp), nonce, encrypted);
			content = (app.mode() == CallbackMode.COMPATIBLE) ? content.deepCopy()
					: Json.object().put("ToUserName", app.originalId());
			content.put("Encrypt", encrypted);
		}
		return new Envelope(timestamp, nonce, query, json ? "application/json" : "text/xml", write(json, content));
	}

	private static String write(boolean json, ObjectNode content) {
		return json ? Json.MAPPER.writeValueAsString(content) : Xml.write(content);
	}

}
