package cn.qingfeng.local.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import me.chanjar.weixin.common.api.WxConsts;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.draft.WxMpAddDraft;
import me.chanjar.weixin.mp.bean.draft.WxMpDraftArticles;
import me.chanjar.weixin.mp.bean.material.WxMpMaterial;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Steps that several tests take.
 */
final class Wechat {

	private static final byte[] PIXEL = HexFormat.of()
		.parseHex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
				+ "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082");

	private Wechat() {
	}

	static Sandbox sandbox(int people) {
		List<Contact> contacts = IntStream.range(0, people)
			.mapToObj((number) -> new Contact("测试员" + number, "139" + String.format("%08d", number)))
			.toList();
		return Sandbox.start(SandboxOptions.usual().people(contacts).timing(Timing.quick()));
	}

	static File picture() throws IOException {
		File file = File.createTempFile("cover", ".png");
		file.deleteOnExit();
		Files.write(file.toPath(), PIXEL);
		return file;
	}

	static String cover(WxMpService service) throws IOException, WxErrorException {
		WxMpMaterial material = new WxMpMaterial();
		material.setName("cover.png");
		material.setFile(picture());
		return service.getMaterialService().materialFileUpload(WxConsts.MediaFileType.IMAGE, material).getMediaId();
	}

	static String draft(WxMpService service, String title) throws IOException, WxErrorException {
		WxMpDraftArticles article = WxMpDraftArticles.builder()
			.title(title)
			.author("清风编辑部")
			.digest("摘要")
			.content("<p>正文<script>alert(1)</script><img src=\"http://elsewhere.example/x.png\"></p>")
			.contentSourceUrl("http://127.0.0.1/m/")
			.thumbMediaId(cover(service))
			.build();
		return service.getDraftService().addDraft(WxMpAddDraft.builder().articles(List.of(article)).build());
	}

	static void refuses(int code, ThrowingCallable call) {
		assertThatExceptionOfType(WxErrorException.class).isThrownBy(call)
			.satisfies((ex) -> Assertions.assertThat(ex.getError().getErrorCode()).isEqualTo(code));
	}

	static void await(BooleanSupplier condition) throws InterruptedException {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean()) {
			Assertions.assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
			Thread.sleep(10);
		}
	}

	static void pause(Duration time) {
		try {
			Thread.sleep(time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
