package cn.qingfeng.wechat.gateway;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import cn.qingfeng.platform.reactor.BoundedScheduler;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatProperties;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks WeChat for the stable token of one account. Everything else waits for this call,
 * so it takes none of the lanes' threads.
 */
class StableTokens {

	private static final Duration LIMIT = Duration.ofSeconds(6);

	private static final Retry BRIEFLY = Retry.backoff(2, Duration.ofMillis(200))
		.filter((error) -> error instanceof CredentialRefusedException refused && refused.isTransient())
		.onRetryExhaustedThrow((spec, signal) -> signal.failure());

	private final CloseableHttpClient http;

	private final BoundedScheduler threads;

	private final JsonMapper json;

	private final URI address;

	private final WechatProperties.Account account;

	private final Clock clock;

	StableTokens(CloseableHttpClient http, BoundedScheduler threads, JsonMapper json, URI apiHost,
			WechatProperties.Account account, Clock clock) {
		this.http = http;
		this.threads = threads;
		this.json = json;
		this.address = apiHost.resolve("/cgi-bin/stable_token");
		this.account = account;
		this.clock = clock;
	}

	Mono<Credential> fetch(boolean force) {
		return this.threads.call(() -> answer(force), LIMIT)
			.onErrorMap(
					(error) -> CredentialRefusedException.unreachable("no token: " + error.getClass().getSimpleName()))
			.map(this::read)
			.retryWhen(BRIEFLY);
	}

	private String answer(boolean force) throws IOException {
		HttpPost post = new HttpPost(this.address);
		post.setEntity(new StringEntity(question(force), ContentType.APPLICATION_JSON));
		return this.http.execute(post, (answer) -> EntityUtils.toString(answer.getEntity()));
	}

	private String question(boolean force) {
		return this.json.writeValueAsString(Map.of("grant_type", "client_credential", "appid", this.account.appId(),
				"secret", this.account.secret(), "force_refresh", force));
	}

	private Credential read(String body) {
		JsonNode answer = tree(body);
		int code = answer.path("errcode").asInt(0);
		if (code != 0) {
			String message = answer.path("errmsg").asString("");
			WechatErrorClass kind = WechatErrorClass.of(code);
			throw new CredentialRefusedException((kind != WechatErrorClass.TOKEN) ? kind : WechatErrorClass.CONFIG,
					code, Answers.clipped(message), Answers.rid(message));
		}
		String value = answer.path("access_token").asString("");
		if (value.isEmpty()) {
			throw CredentialRefusedException.unreachable("no token: the answer has none");
		}
		return new Credential(value, this.clock.instant().plusSeconds(answer.path("expires_in").asLong(0)));
	}

	private JsonNode tree(String body) {
		try {
			return this.json.readTree(body);
		}
		catch (JacksonException ex) {
			throw CredentialRefusedException.unreachable("no token: not JSON");
		}
	}

}
