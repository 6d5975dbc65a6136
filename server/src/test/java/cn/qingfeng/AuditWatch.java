package cn.qingfeng;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import cn.qingfeng.platform.web.TraceId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sees every request that any test makes, and fails the test when something was changed,
 * exported or looked at without an entry in the audit that names the request. So each
 * route is proved by the tests of its own feature, a new one too.
 */
final class AuditWatch implements WebFilter {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/** Of staff, all writes but those that change nothing that anybody could miss. */
	private static final Set<String> CHANGES_NOTHING = Set.of(
			// Computed, shown and thrown away.
			"POST /api/admin/v1/campaigns/{id}/plan",
			// Previews, of which only the commit counts.
			"POST /api/admin/v1/members/imports", "POST /api/admin/v1/question-banks/{id}/imports",
			// Back to a draft, which it may be already.
			"POST /api/admin/v1/quizzes/{id}/withdrawal",
			// Offered, of which only the confirmation counts.
			"POST /api/admin/v1/sessions/current/totp");

	/** Of staff, the reads that take data out of the server. */
	private static final String EXPORT = "/export";

	/**
	 * Of members, what is about who they are. Their papers, sign-ups and check-ins are
	 * kept with their times in tables of their own.
	 */
	private static final Set<String> OF_MEMBERS = Set.of("POST /api/v1/sessions", "DELETE /api/v1/sessions/current",
			"GET /api/v1/oauth/callback", "DELETE /api/v1/me", "GET /api/v1/me/export",
			"PUT /api/v1/me/privacy-consent", "DELETE /api/v1/me/binding", "DELETE /api/v1/me/sessions/{id}");

	private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

	private final Set<String> keys = ConcurrentHashMap.newKeySet();

	private final Set<String> proved = ConcurrentHashMap.newKeySet();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return chain.filter(exchange).doOnSuccess((done) -> note(exchange));
	}

	private void note(ServerWebExchange exchange) {
		@Nullable HttpStatusCode status = exchange.getResponse().getStatusCode();
		@Nullable Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		boolean done = status == null || status.is2xxSuccessful() || status.is3xxRedirection();
		if (done && pattern != null && isFirst(exchange)) {
			Seen one = new Seen(exchange.getRequest().getMethod() + " " + pattern,
					exchange.getRequest().getMethod() + " " + exchange.getRequest().getPath(), TraceId.of(exchange));
			if (one.isToBeAudited()) {
				this.seen.add(one);
			}
		}
	}

	/** The same key again gives the same answer again and does nothing. */
	private boolean isFirst(ServerWebExchange exchange) {
		@Nullable String key = exchange.getRequest().getHeaders().getFirst("Idempotency-Key");
		return key == null || this.keys.add(exchange.getRequest().getPath() + " " + key);
	}

	private List<Seen> take() {
		List<Seen> taken = new ArrayList<>();
		for (Seen one = this.seen.poll(); one != null; one = this.seen.poll()) {
			taken.add(one);
		}
		return taken;
	}

	/**
	 * A request that came to a good end.
	 *
	 * @param operation method and path as in the contract
	 * @param request method and path as sent
	 * @param trace id of the request
	 */
	private record Seen(String operation, String request, String trace) {

		/**
		 * What is published, committed or retired once is so: again it changes nothing.
		 */
		boolean mayBeARepeat() {
			return this.operation.startsWith(HttpMethod.POST.name()) && this.operation.contains("{");
		}

		boolean isToBeAudited() {
			if (!this.operation.contains(" /api/admin/")) {
				return OF_MEMBERS.contains(this.operation);
			}
			return this.operation.startsWith(HttpMethod.GET.name()) ? this.operation.endsWith(EXPORT)
					: !CHANGES_NOTHING.contains(this.operation);
		}

	}

	/**
	 * Asks after each test.
	 */
	static final class AfterEachTest implements TestExecutionListener {

		@Override
		public void afterTestMethod(TestContext test) {
			AuditWatch watch = test.getApplicationContext().getBean(AuditWatch.class);
			List<Seen> seen = watch.take();
			if (!seen.isEmpty()) {
				List<String> audited = audited(test.getApplicationContext().getBean(DatabaseClient.class), seen);
				seen.stream()
					.filter((one) -> audited.contains(one.trace()))
					.map(Seen::request)
					.forEach(watch.proved::add);
				assertThat(seen).as("done, and not in the audit")
					.filteredOn((one) -> !audited.contains(one.trace()))
					.filteredOn((one) -> !one.mayBeARepeat() || !watch.proved.contains(one.request()))
					.isEmpty();
			}
		}

		private static List<String> audited(DatabaseClient database, List<Seen> seen) {
			return Objects
				.requireNonNull(database.sql("SELECT DISTINCT trace FROM audit_entry WHERE trace = ANY (:traces)")
					.bind("traces", seen.stream().map(Seen::trace).toArray(String[]::new))
					.mapValue(String.class)
					.all()
					.collectList()
					.block(TIMEOUT));
		}

	}

}
