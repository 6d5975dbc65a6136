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
 * Strangers cannot be told apart, so for them a key means nothing.
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
		return claim(exchange, requestBody)
			.map((claim) -> this.transactions.inTransaction(claimed(claim, answerType, work)))
			.defaultIfEmpty(work)
			.flatMap((answer) -> answer);
	}

	/**
	 * The same for work that may run twice by its nature and keeps no transaction open
	 * itself, such as a row for a batch: a transaction that waits for a batch would hold
	 * the connection that the batch needs. The key is claimed before and the answer kept
	 * after; a request that was killed in between is simply done again.
	 * @param exchange of the request; without the header the work simply runs
	 * @param requestBody what makes two requests the same, besides method and path
	 * @param answerType of the body
	 * @param work idempotent by itself
	 * @param <T> the body
	 * @return the answer of the work, or the one it gave the first time
	 */
	public <T> Mono<ResponseEntity<T>> repeatable(ServerWebExchange exchange, Object requestBody, Class<T> answerType,
			Mono<ResponseEntity<T>> work) {
		return claim(exchange, requestBody)
			.map((claim) -> claimed(claim, answerType,
					work.onErrorResume((error) -> this.keys.release(claim).then(Mono.error(error)))))
			.defaultIfEmpty(work)
			.flatMap((answer) -> answer);
	}

	/** Empty without a key, and for strangers. */
	private Mono<KeyClaim> claim(ServerWebExchange exchange, Object requestBody) {
		String key = exchange.getRequest().getHeaders().getFirst(HEADER);
		if (key == null) {
			return Mono.empty();
		}
		if (key.isBlank() || key.length() > LONGEST_KEY) {
			return Mono.error(() -> Violations.of(HEADER, "幂等键须为 1 到 200 个字符"));
		}
		return Caller.user()
			.map((user) -> KeyClaim.of(exchange, user.key(), key, this.json.writeValueAsBytes(requestBody)));
	}

	private <T> Mono<ResponseEntity<T>> claimed(KeyClaim claim, Class<T> answerType, Mono<ResponseEntity<T>> work) {
		return this.keys.claim(claim).flatMap((mine) -> mine ? first(claim, work) : again(claim, answerType, work));
	}

	private <T> Mono<ResponseEntity<T>> first(KeyClaim claim, Mono<ResponseEntity<T>> work) {
		return work.switchIfEmpty(Mono.error(() -> new IllegalStateException("the work gave no answer")))
			.flatMap((answer) -> this.keys.keep(claim, stored(claim, answer)).thenReturn(answer));
	}

	/**
	 * A key without an answer is one of a repeatable request that was killed or still
	 * runs.
	 */
	private <T> Mono<ResponseEntity<T>> again(KeyClaim claim, Class<T> answerType, Mono<ResponseEntity<T>> work) {
		return this.keys.find(claim)
			.doOnNext((stored) -> requireSameRequest(claim, stored))
			.flatMap((stored) -> (stored.status() != null) ? Mono.just(answer(stored, stored.status(), answerType))
					: first(claim, work));
	}

	private static void requireSameRequest(KeyClaim claim, StoredAnswer stored) {
		if (!MessageDigest.isEqual(stored.requestDigest(), claim.requestDigest())) {
			throw new IdempotencyKeyReusedProblem();
		}
	}

	private StoredAnswer stored(KeyClaim claim, ResponseEntity<?> answer) {
		String body = answer.hasBody() ? this.json.writeValueAsString(answer.getBody()) : null;
		HttpHeaders headers = answer.getHeaders();
		return new StoredAnswer(claim.requestDigest(), answer.getStatusCode().value(),
				headers.getFirst(HttpHeaders.LOCATION), headers.getFirst(HttpHeaders.ETAG), body);
	}

	private <T> ResponseEntity<T> answer(StoredAnswer stored, int status, Class<T> answerType) {
		@Nullable T body = (stored.body() != null) ? this.json.readValue(stored.body(), answerType) : null;
		return ResponseEntity.status(status).headers(stored.headers()).body(body);
	}

}
