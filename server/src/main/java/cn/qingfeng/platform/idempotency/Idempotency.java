package cn.qingfeng.platform.idempotency;

import java.security.MessageDigest;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * The header {@code Idempotency-Key}: the same key and body of the same caller give the
 * first answer again; the same key with another body is 409
 * {@code idempotency-key-reused}. The key is claimed and the answer kept in the
 * transaction of the work, so a failed or killed request leaves no key behind, and of two
 * at the same time the second waits for the first. Kept for 24 hours.
 * <p>
 * The answer is stored as it is: not for answers that hold a secret, as a session does.
 */
@Component
public class Idempotency {

	/** Of the request. */
	public static final String HEADER = "Idempotency-Key";

	private static final int LONGEST_KEY = 200;

	private final IdempotencyKeys keys;

	private final Transactions transactions;

	private final JsonMapper json;

	Idempotency(IdempotencyKeys keys, Transactions transactions, JsonMapper json) {
		this.keys = keys;
		this.transactions = transactions;
		this.json = json;
	}

	/**
	 * Does the work once for each key.
	 * @param exchange of the request; without the header the work simply runs
	 * @param requestBody what makes two requests the same, besides method and path
	 * @param answerType of the body
	 * @param work database work; its answer's status, Location and ETag are kept too
	 * @param <T> the body
	 * @return the answer of the work, or the one it gave the first time
	 */
	public <T> Mono<ResponseEntity<T>> once(ServerWebExchange exchange, Object requestBody, Class<T> answerType,
			Mono<ResponseEntity<T>> work) {
		String key = exchange.getRequest().getHeaders().getFirst(HEADER);
		if (key == null) {
			return work;
		}
		if (key.isBlank() || key.length() > LONGEST_KEY) {
			return Mono.error(() -> Violations.of(HEADER, "幂等键须为 1 到 200 个字符"));
		}
		return Caller.name()
			.map((caller) -> KeyClaim.of(exchange, caller, key, this.json.writeValueAsBytes(requestBody)))
			.flatMap((claim) -> this.transactions.inTransaction(claimed(claim, answerType, work)));
	}

	private <T> Mono<ResponseEntity<T>> claimed(KeyClaim claim, Class<T> answerType, Mono<ResponseEntity<T>> work) {
		return this.keys.claim(claim).flatMap((mine) -> mine ? first(claim, work) : again(claim, answerType));
	}

	private <T> Mono<ResponseEntity<T>> first(KeyClaim claim, Mono<ResponseEntity<T>> work) {
		return work.switchIfEmpty(Mono.error(() -> new IllegalStateException("the work gave no answer")))
			.flatMap((answer) -> this.keys.keep(claim, stored(claim, answer)).thenReturn(answer));
	}

	private <T> Mono<ResponseEntity<T>> again(KeyClaim claim, Class<T> answerType) {
		return this.keys.find(claim).map((stored) -> answer(claim, stored, answerType));
	}

	private StoredAnswer stored(KeyClaim claim, ResponseEntity<?> answer) {
		String body = answer.hasBody() ? this.json.writeValueAsString(answer.getBody()) : null;
		HttpHeaders headers = answer.getHeaders();
		return new StoredAnswer(claim.requestDigest(), answer.getStatusCode().value(),
				headers.getFirst(HttpHeaders.LOCATION), headers.getFirst(HttpHeaders.ETAG), body);
	}

	private <T> ResponseEntity<T> answer(KeyClaim claim, StoredAnswer stored, Class<T> answerType) {
		if (!MessageDigest.isEqual(stored.requestDigest(), claim.requestDigest())) {
			throw new IdempotencyKeyReusedProblem();
		}
		@Nullable T body = (stored.body() != null) ? this.json.readValue(stored.body(), answerType) : null;
		return ResponseEntity.status(stored.status()).headers(stored.headers()).body(body);
	}

}
