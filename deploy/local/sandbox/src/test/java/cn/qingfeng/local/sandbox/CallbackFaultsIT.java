package cn.qingfeng.local.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.Backend.Received;
import cn.qingfeng.local.sandbox.callback.CallbackCodec;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Callbacks as they should not be.
 */
class CallbackFaultsIT {

	private static final AppRegistration SERVICE = AppRegistration.service();

	private final Backend backend = new Backend();

	private final CallbackCodec codec = new CallbackCodec(SERVICE.aesKey(), SERVICE.appid());

	private Sandbox sandbox;

	private ControlClient control;

	private PersonView person;

	@BeforeEach
	void start() {
		this.sandbox = Wechat.sandbox(30);
		this.control = new ControlClient(this.sandbox);
		this.sandbox.apps().callbackTo(SERVICE.appid(), this.backend.url());
		this.person = this.sandbox.people().add("王清", "13800000001");
	}

	@AfterEach
	void stop() {
		this.sandbox.close();
		this.backend.close();
	}

	private void fault(String kind, long value) {
		this.control.call("POST", "faults", "{\"path\":\"callback/CLICK\",\"kind\":\"" + kind + "\",\"next\":1"
				+ ((value < 0) ? "" : ",\"value\":" + value) + "}");
	}

	private void click(String key) {
		this.sandbox.people().act(this.person.id(), "click", Map.of("key", key));
	}

	private void await(int received) throws InterruptedException {
		Wechat.await(() -> this.backend.received().size() >= received && this.sandbox.pendingCallbacks() == 0);
	}

	private static String encrypted(Received received) {
		return received.body().replaceAll("(?s).*<Encrypt><!\\[CDATA\\[(.*?)]]></Encrypt>.*", "$1");
	}

	private String opened(Received received) {
		return this.codec.decrypt(encrypted(received));
	}

	private static boolean signed(Received received) {
		Map<String, String> query = received.query();
		return CallbackCodec.sign(SERVICE.token(), query.get("timestamp"), query.get("nonce"), encrypted(received))
			.equals(query.get("msg_signature"));
	}

	@Test
	void aDuplicateComesFreshlySignedAfterTheFirst() throws InterruptedException {
		fault("duplicate", 2);
		click("A");
		await(3);
		List<Received> received = this.backend.received();
		assertThat(received).extracting(this::opened).containsOnly(opened(received.getFirst())).hasSize(3);
		assertThat(received).extracting((one) -> one.query().get("nonce")).doesNotHaveDuplicates();
	}

	@Test
	void aReplayIsTheVerySameBytes() throws InterruptedException {
		fault("replay", 10);
		click("A");
		await(2);
		assertThat(this.backend.received().get(1)).isEqualTo(this.backend.received().get(0));
	}

	@Test
	void aLaterCallbackOvertakes() throws InterruptedException {
		fault("reorder", 60_000);
		click("A");
		click("B");
		await(2);
		assertThat(opened(this.backend.received().get(0))).contains("CDATA[B]");
		assertThat(opened(this.backend.received().get(1))).contains("CDATA[A]");
	}

	@Test
	void aDroppedCallbackNeverComesAndADelayedOneDoes() throws InterruptedException {
		fault("drop", -1);
		click("A");
		fault("delay", 30);
		click("B");
		await(1);
		assertThat(opened(this.backend.received().getFirst())).contains("CDATA[B]");
		assertThat(this.control.get("callbacks").get(0).path("state").asString()).isEqualTo("DROPPED");
		assertThat(this.control.get("callbacks").get(0).path("fault").asString()).isEqualTo("drop");
	}

	@Test
	void aTamperedSignatureDoesNotFit() throws InterruptedException {
		fault("tamper", -1);
		click("A");
		click("B");
		await(2);
		assertThat(this.backend.received()).filteredOn((one) -> opened(one).contains("CDATA[A]"))
			.noneMatch(CallbackFaultsIT::signed);
		assertThat(this.backend.received()).filteredOn((one) -> opened(one).contains("CDATA[B]"))
			.allMatch(CallbackFaultsIT::signed);
	}

	@Test
	void aCallbackForAnotherAccountIsSignedButSealedForIt() throws InterruptedException {
		fault("wrongAppid", -1);
		click("A");
		await(1);
		Received received = this.backend.received().getFirst();
		assertThat(signed(received)).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> opened(received));
	}

	@Test
	void aStaleCallbackWasSignedLongAgo() throws InterruptedException {
		fault("stale", 7_200);
		click("A");
		await(1);
		Received received = this.backend.received().getFirst();
		assertThat(signed(received)).isTrue();
		assertThat(Long.parseLong(received.query().get("timestamp")))
			.isLessThanOrEqualTo(this.sandbox.clock().seconds() - 7_200);
	}

	@Test
	void aCallbackMayHaveADocumentTypeOrBeTooLong() throws InterruptedException {
		fault("doctype", -1);
		click("A");
		await(1);
		assertThat(this.backend.received().getFirst().body()).startsWith("<!DOCTYPE");
		fault("oversize", 70_000);
		click("B");
		await(2);
		assertThat(this.backend.received().get(1).body().getBytes(StandardCharsets.UTF_8).length).isGreaterThan(70_000);
		assertThat(signed(this.backend.received().get(1))).isTrue();
	}

	@Test
	void aBurstIsDeliveredWholeAndSummedUp() throws InterruptedException {
		this.control.call("POST", "burst",
				"{\"appid\":\"" + SERVICE.appid() + "\",\"perSecond\":500,\"seconds\":2,\"event\":\"CLICK\"}");
		Wechat.await(() -> this.control.get("callbacks/summary?event=CLICK").path("delivered").asInt() == 1_000);
		JsonNode summary = this.control.get("callbacks/summary?event=CLICK");
		assertThat(summary.path("count").asInt()).isEqualTo(1_000);
		assertThat(summary.path("attempts").asInt()).isEqualTo(1_000);
		assertThat(this.control.get("callbacks/summary?event=CLICK&key=BURST-").path("count").asInt()).isEqualTo(1_000);
		assertThat(this.control.get("callbacks/summary?event=CLICK&key=OTHER").path("count").asInt()).isZero();
		assertThat(summary.path("p99").asInt()).isGreaterThanOrEqualTo(summary.path("p50").asInt());
		assertThat(this.backend.received()).extracting(this::opened).doesNotHaveDuplicates();
	}

	@Test
	void aBackendThatIsSilentTooLongIsAskedThreeTimes() throws InterruptedException {
		Timing impatient = new Timing(Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(20),
				Duration.ofMillis(20), Duration.ofMillis(20));
		try (Backend silent = new Backend(); Sandbox other = Sandbox.start(SandboxOptions.usual().timing(impatient))) {
			silent.answers((received) -> {
				Wechat.pause(Duration.ofSeconds(3));
				return new Backend.Answer(200, "success");
			});
			other.apps().callbackTo(SERVICE.appid(), silent.url());
			PersonView follower = other.people().add("王清", "13800000001");
			other.people().act(follower.id(), "sendText", Map.of("text", "你好"));
			Wechat.await(() -> silent.received().size() == 3 && other.pendingCallbacks() == 0);
			assertThat(silent.received()).extracting(this::opened)
				.as("the same MsgId and CreateTime each time")
				.containsOnly(opened(silent.received().getFirst()));
		}
	}

}
