package cn.qingfeng.local.sandbox.callback;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import cn.qingfeng.local.sandbox.fault.Fault;
import cn.qingfeng.local.sandbox.fault.FaultKind;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.local.sandbox.registry.CallbackMode;
import cn.qingfeng.local.sandbox.world.Ids;
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message sealed for one attempt, and spoiled if a fault wants that.
 */
record Envelope(long timestamp, String nonce, String query, String type, String body) {

	private static final String NOBODY = "wx0000000000000000";

	static Envelope seal(Delivery delivery, long now, String nonce, Ids ids) {
		AppRegistration app = delivery.app().registration();
		Fault fault = delivery.fault();
		long timestamp = (fault != null && fault.kind() == FaultKind.STALE) ? now - fault.value() : now;
		boolean json = Dispatcher.writesJson(delivery.app());
		String signature = CallbackCodec.sign(app.token(), Long.toString(timestamp), nonce);
		ObjectNode content = content(delivery);
		String query = "&timestamp=" + timestamp + "&nonce=" + nonce + "&openid="
				+ URLEncoder.encode(delivery.openid(), StandardCharsets.UTF_8);
		if (app.mode() != CallbackMode.PLAIN) {
			String owner = delivery.suffers(FaultKind.WRONG_APPID) ? NOBODY : app.appid();
			String encrypted = new CallbackCodec(app.aesKey(), owner).encrypt(write(json, content),
					ids.next("prefix", 16).getBytes(StandardCharsets.US_ASCII));
			String sealed = CallbackCodec.sign(app.token(), Long.toString(timestamp), nonce, encrypted);
			query += "&encrypt_type=aes&msg_signature=" + told(delivery, sealed);
			content = (app.mode() == CallbackMode.COMPATIBLE) ? content.deepCopy()
					: Json.object().put("ToUserName", app.originalId());
			content.put("Encrypt", encrypted);
		}
		return new Envelope(timestamp, nonce, "signature=" + told(delivery, signature) + query,
				json ? "application/json" : "text/xml", body(delivery, write(json, content)));
	}

	private static ObjectNode content(Delivery delivery) {
		Fault fault = delivery.fault();
		if (fault == null || fault.kind() != FaultKind.OVERSIZE) {
			return delivery.content();
		}
		return delivery.content().deepCopy().put("Padding", "x".repeat((int) fault.value()));
	}

	/** The signature, or one whose last digit is another. */
	private static String told(Delivery delivery, String signature) {
		if (!delivery.suffers(FaultKind.TAMPER)) {
			return signature;
		}
		int last = signature.length() - 1;
		return signature.substring(0, last) + ((signature.charAt(last) == '0') ? '1' : '0');
	}

	private static String body(Delivery delivery, String body) {
		return delivery.suffers(FaultKind.DOCTYPE)
				? "<!DOCTYPE xml [<!ENTITY file SYSTEM \"file:///etc/hostname\">]>" + body : body;
	}

	private static String write(boolean json, ObjectNode content) {
		return json ? Json.MAPPER.writeValueAsString(content) : Xml.write(content);
	}

}
