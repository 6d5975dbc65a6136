package cn.qingfeng.wechat.gateway;

import java.util.Locale;

import cn.binarywang.wx.miniapp.api.impl.WxMaServiceHttpComponentsImpl;
import cn.binarywang.wx.miniapp.api.impl.WxMaUserServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaUserInfo;
import me.chanjar.weixin.common.util.SignUtils;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The published examples of a session's key. Nothing of ours opens such data, for a phone
 * number comes by its code alone; what does would go through WxJava, which these hold.
 */
class SessionVectorsTests {

	private final WxMaUserServiceImpl users = new WxMaUserServiceImpl(new WxMaServiceHttpComponentsImpl());

	@Test
	void theOfficialSealedDataIsOpened() {
		WxMaUserInfo opened = this.users.getUserInfo("tiihtNczf5v6AKRyjwEUhQ==",
				"CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+"
						+ "3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1"
						+ "zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1Oks"
						+ "QaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4D"
						+ "nNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO"
						+ "0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==",
				"r7BXXKkLb8qrSNn05n0qiA==");
		assertThat(opened.getUnionId()).isEqualTo("ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
		assertThat(opened.getNickName()).isEqualTo("Band");
		assertThat(opened.getWatermark().getAppid()).isEqualTo("wx4f4bc4dec97d474b");
		assertThat(opened.getWatermark().getTimestamp()).isEqualTo("1477314187");
	}

	@Test
	void theOfficialRawDataIsSigned() {
		String raw = "{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\",\"province\":\"Guangdong\","
				+ "\"country\":\"CN\",\"avatarUrl\":\"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503"
				+ "Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0\"}";
		assertThat(
				this.users.checkUserInfo("HyVFkGl5F5OQWJZZaNzBBg==", raw, "75e81ceda165f4ffa64f4068af58c64b8f54b88c"))
			.isTrue();
		assertThat(this.users.checkUserInfo("HyVFkGl5F5OQWJZZaNzBBg==", raw + " ",
				"75e81ceda165f4ffa64f4068af58c64b8f54b88c"))
			.isFalse();
	}

	@Test
	void theStateOfASessionIsSignedWithTheTextOfItsKey() {
		String key = "o0q0otL8aEzpcZL/FT9WsQ==";
		assertThat(signed("{\"foo\":\"bar\"}", key))
			.isEqualTo("654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b");
		assertThat(signed("", key)).isEqualTo("46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128");
	}

	private static String signed(String data, String key) {
		return SignUtils.createHmacSha256Sign(data, key).toLowerCase(Locale.ROOT);
	}

}
