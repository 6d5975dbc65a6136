package cn.qingfeng.quiz.attempt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.quiz.round.Seed;
import cn.qingfeng.staff.ClientAddress;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * From where an attempt begins: network and make of the phone. Only a digest with a key
 * that is another in each round is kept, so that one round's attempts can be compared
 * with each other and with nothing else.
 *
 * @param described never stored nor logged
 */
record Origin(String described) {

	private static final String ALGORITHM = "HmacSHA256";

	/** Apart from what papers are drawn by. */
	private static final byte PURPOSE = 4;

	private static final int LENGTH = 16;

	static Origin of(ServerWebExchange exchange) {
		String agent = exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT);
		return new Origin(ClientAddress.of(exchange).key() + "\n" + Objects.requireNonNullElse(agent, ""));
	}

	byte[] mark(Seed seed) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(seed.bytes(), ALGORITHM));
			mac.update(PURPOSE);
			return Arrays.copyOf(mac.doFinal(this.described.getBytes(StandardCharsets.UTF_8)), LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has HmacSHA256", ex);
		}
	}

	@Override
	public String toString() {
		return "Origin[***]";
	}

}
