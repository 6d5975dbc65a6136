package cn.qingfeng.local.sandbox.login;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MiniLoginTests {

	private static final String SESSION_KEY = "tiihtNczf5v6AKRyjwEUhQ==";

	private static final SealedData OFFICIAL = new SealedData(
			"CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==",
			"r7BXXKkLb8qrSNn05n0qiA==");

	@Test
	void theStateOfASessionIsSignedWithTheTextOfItsKey() {
		assertThat(MiniLogin.signature("o0q0otL8aEzpcZL/FT9WsQ==", ""))
			.isEqualTo("46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128");
		assertThat(MiniLogin.signature("o0q0otL8aEzpcZL/FT9WsQ==", "{\"foo\":\"bar\"}"))
			.isEqualTo("654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b");
	}

	@Test
	void theOfficialSealedDataIsOpened() {
		JsonNode opened = new JsonMapper().readTree(OFFICIAL.open(SESSION_KEY));
		assertThat(opened.path("openId").asString()).isEqualTo("oGZUI0egBJY1zhBYw2KhdUfwVJJE");
		assertThat(opened.path("unionId").asString()).isEqualTo("ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
		assertThat(opened.path("nickName").asString()).isEqualTo("Band");
		assertThat(opened.path("watermark").path("timestamp").asLong()).isEqualTo(1477314187);
		assertThat(opened.path("watermark").path("appid").asString()).isEqualTo("wx4f4bc4dec97d474b");
	}

	@Test
	void whatIsSealedIsOpenedWithTheSameKeyOnly() {
		SealedData sealed = SealedData.of(SESSION_KEY, new byte[16], "{\"phoneNumber\":\"13800000000\"}");
		assertThat(sealed.open(SESSION_KEY)).isEqualTo("{\"phoneNumber\":\"13800000000\"}");
		assertThatIllegalArgumentException().isThrownBy(() -> sealed.open("HyVFkGl5F5OQWJZZaNzBBg=="));
	}

}
