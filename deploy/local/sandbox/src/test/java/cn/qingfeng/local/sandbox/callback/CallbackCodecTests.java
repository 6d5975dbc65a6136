package cn.qingfeng.local.sandbox.callback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The vectors are the official samples and those of well-known client libraries.
 */
class CallbackCodecTests {

	private static final String OFFICIAL_KEY = "A".repeat(43);

	private static final String OFFICIAL_BODY = "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=";

	private static final String OFFICIAL_PLAIN = "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\",\"CreateTime\":1714112445,\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"hello world\"}";

	private static final String LONG_PAD = "gsKjKVChgrDDifoOdfrL/MWujrKxnSR1jBopv0zEdHFQXcx5I0bf4UxIRjektLHEziRxpU5zTw0s+gYF3WOFjkIn30gzQl9XNKr2A+DCHVG05I2EcbOnnAR5EYgjGLAipra5nOfCPPIRFQTZ7SdanniXX73YOiCAKJlNH21+PApcYu4rPXxJ4eTXbBLwmfnSl7iojDX1LQIcC3FYmaapMQq/u+sJGsxshp4dLXJ6A5Ji3cSYAzXRVIxbNlHN1MWfdcZ0O5+ZtOU6dZiD8hJ4kkxh05EfOedWFjUy7ZhmXgrpZ4WpYPsrythXHE2Bg1Ohz8uf5h5X31yuU/3FPoa8rD21pfZnAjBT1QCkn6MxtL5lR+yoQReLwElVbtB6yJFPIZ+n9Qh/yKfIasxkzgIEo0pwPEbS17WCTyvRItJtU6tlo3rawJX+fsV63tKIfmLZjyZPDlV9/ka/nA/DT0KODw==";

	private static byte[] prefix(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@ParameterizedTest
	@CsvSource({ "AAAAA, 1714036504, 1514711492, f464b24fc39322e44b38aa78f5edd27bd1441696",
			"AAAAA, 1714037059, 486452656, 899cf89e464efb63f54ddac96b0a0a235f53aa78",
			"AAAAA, 1714112445, 415670741, 6c5c811b55cc85e0e1b54100749188c20beb3f5d" })
	void theOfficialSignaturesMatch(String token, String timestamp, String nonce, String signature) {
		assertThat(CallbackCodec.sign(token, timestamp, nonce)).isEqualTo(signature);
	}

	@Test
	void theOfficialMessageIsSealedAndOpened() {
		CallbackCodec codec = new CallbackCodec(OFFICIAL_KEY, "wxba5fad812f8e6fb9");
		assertThat(codec.encrypt(OFFICIAL_PLAIN, prefix("a8eedb185eb2fecf"))).isEqualTo(OFFICIAL_BODY);
		assertThat(codec.decrypt(OFFICIAL_BODY)).isEqualTo(OFFICIAL_PLAIN);
		assertThat(CallbackCodec.sign("AAAAA", "1714112445", "415670741", OFFICIAL_BODY))
			.isEqualTo("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3");
	}

	@Test
	void theOfficialReplyIsSealedAndSigned() {
		String sealed = new CallbackCodec(OFFICIAL_KEY, "wxba5fad812f8e6fb9").encrypt("{\"demo_resp\":\"good luck\"}",
				prefix("707722b803182950"));
		assertThat(sealed)
			.isEqualTo("ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==");
		assertThat(CallbackCodec.sign("AAAAA", "1713424427", "415670741", sealed))
			.isEqualTo("1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1");
	}

	@Test
	void chineseTextIsSealed() {
		String sealed = new CallbackCodec("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6")
			.encrypt("我是中文abcd123", prefix("aaaabbbbccccdddd"));
		assertThat(sealed)
			.isEqualTo("jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==");
		assertThat(CallbackCodec.sign("pamtest", "1409304348", "xxxxxx", sealed))
			.isEqualTo("82c962d39941aa48552f90ef55aa323dc620cc10");
	}

	@Test
	void paddingMayBeLongerThanSixteen() {
		String plain = "<xml><ToUserName><![CDATA[gh_b1eb3f8bd6c6]]></ToUserName>\n<FromUserName><![CDATA[okPEat9FRX96xG8JQvTxHLpzDV64]]></FromUserName>\n<CreateTime>1458889120</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test text message]]></Content>\n<MsgId>6265881059295447969</MsgId>\n</xml>";
		CallbackCodec codec = new CallbackCodec("AdiqDDDvUNCeE1ZW5XJmjf9fqNBJpGBs4vL4cHKmHBS", "wx45f133bf6fce646e");
		assertThat(codec.decrypt(LONG_PAD)).isEqualTo(plain);
		assertThat(codec.encrypt(plain, prefix("cc9632a98304f81c"))).isEqualTo(LONG_PAD);
	}

	@Test
	void theMessageOfAnEnterpriseAccountIsOpenedAndSealed() {
		CallbackCodec codec = new CallbackCodec("kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a");
		assertThat(codec
			.decrypt("4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q=="))
			.isEqualTo("5927782489442352469");
		String plain = "<xml>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test]]></Content>\n<FromUserName><![CDATA[wx49f0ab532d5d035a]]></FromUserName>\n<ToUserName><![CDATA[messense]]></ToUserName>\n<AgentID>1</AgentID>\n<CreateTime>1411525903</CreateTime>\n</xml>";
		String sealed = codec.encrypt(plain, prefix("1234567890123456"));
		assertThat(sealed).startsWith("9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk");
		assertThat(CallbackCodec.sign("123456", "1411525903", "461056294", sealed))
			.isEqualTo("407518b7649e86ef23978113f92d27afa9296533");
	}

	@Test
	void theEchoOfAnotherEnterpriseAccountIsOpened() {
		String sealed = "o1XtmVltGmUAqoWee54yd4Q5ZBgrw4/9lFo5qdZoVPd1DybzarjuYCfFlR2AFbAcWHwFgmbrVBD+f9910QIF6g==";
		assertThat(
				new CallbackCodec("CyjBvGm4tJNmcThkeL5Wajzom4jKlBygKtpTkYeqsnE", "wwedab3d5fc43636d8").decrypt(sealed))
			.isEqualTo("6058207018001857403");
		assertThat(CallbackCodec.sign("pcoLldqMu2WQQtYBeDX5HiXPsBFlTnDM", "1623292419", "1623324060", sealed))
			.isEqualTo("1495c4dfd4958d4e5faf618978ae66943a042f87");
	}

	@Test
	void aPageIsSignedForTheJsSdk() {
		assertThat(CallbackCodec.sha1(
				"jsapi_ticket=sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg&noncestr=Wm3WZYTPz0wzccnW&timestamp=1414587457&url=http://mp.weixin.qq.com?params=value"))
			.isEqualTo("0f9de62fce790f9a083d5c99e95740ceb90c27ed");
	}

	@Test
	void everyLengthComesBack() {
		CallbackCodec codec = new CallbackCodec(OFFICIAL_KEY, "wxba5fad812f8e6fb9");
		for (int length = 0; length < 70; length++) {
			String plain = "清".repeat(length / 3) + "x".repeat(length % 3);
			assertThat(codec.decrypt(codec.encrypt(plain, prefix("0123456789abcdef")))).isEqualTo(plain);
		}
	}

	@Test
	void whatWasChangedIsRefused() {
		CallbackCodec codec = new CallbackCodec(OFFICIAL_KEY, "wxba5fad812f8e6fb9");
		byte[] changed = Base64.getDecoder().decode(OFFICIAL_BODY);
		changed[changed.length - 1] ^= 1;
		String flipped = Base64.getEncoder().encodeToString(changed);
		assertThatIllegalArgumentException().isThrownBy(() -> codec.decrypt(flipped));
		assertThatIllegalArgumentException().isThrownBy(() -> codec.decrypt(OFFICIAL_BODY.substring(0, 40)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CallbackCodec(OFFICIAL_KEY, "wx0000000000000000").decrypt(OFFICIAL_BODY));
	}

	@Test
	void theLongMessageOfAnEnterpriseAccountIsOpenedAndSealed() {
		String sealed = "RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6IHCrsTyeDXzF6Bv283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTdaXpXaG4+BiYyolBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmUHzkVQiMS6td7vXUaWOMZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5t6NMxuGhcUGAPOQipvWTT4dShyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdCRxthuL0=";
		String plain = "<xml><ToUserName><![CDATA[wx49f0ab532d5d035a]]></ToUserName>\n<FromUserName><![CDATA[messense]]></FromUserName>\n<CreateTime>1411525903</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test]]></Content>\n<MsgId>4363689963896700987</MsgId>\n<AgentID>1</AgentID>\n</xml>";
		CallbackCodec codec = new CallbackCodec("kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a");
		assertThat(codec.decrypt(sealed)).isEqualTo(plain);
		assertThat(codec.encrypt(plain, prefix("ec90b1530358d4d3"))).isEqualTo(sealed);
		assertThat(CallbackCodec.sign("123456", "1411525903", "461056294", sealed))
			.isEqualTo("74d92dfeb87ba7c714f89d98870ae5eb62dff26d");
	}

	@Test
	void theChineseMessageOfAnotherEnterpriseAccountIsOpened() {
		String sealed = "ZBY4h9SD1Y/v+ighMGU4yHSVWyMuf2UdQQfFuB8S/SY5il9MynR1rtKIJDG871vOqaCs0FVje6bX0VyhvL02PG7FXjRR+rAyiwVv7T7nBGgamkPeOv4n/jXgFQnY6NEt3Zym09t4aI+21pDcE6uN6JzcC+hxw5sBfVyza3NHyuLiyhvalsFbasA4HNcnK+4/3eZLMo+e6yvHUsY4WhmZWW5u5mHcDZm1jtI2fUtzod6Sx7PrCOhm+zUO1I98OD0EmICxHHMjMkGmSFuGhG8vXRKaRavzvV/fkscZK1HjW+XJOV0c9wYDZT+/LTjDS/yx5KkM5lIksiw57DsCro9gvmE1WdvB3bw3m+5ie2x1ZRSuh6ik1rbMTiXgJXt0MnbV8VsyPe1zhkbug1cwdhT9zcOTieb0oyiIl3wSAEkNNBNBaWB+78V1hM/ngMoZgKaaasJUCGtPH/rN+YnxGicDOg==";
		assertThat(
				new CallbackCodec("CyjBvGm4tJNmcThkeL5Wajzom4jKlBygKtpTkYeqsnE", "wwedab3d5fc43636d8").decrypt(sealed))
			.isEqualTo(
					"<xml><ToUserName><![CDATA[wwedab3d5fc43636d8]]></ToUserName><FromUserName><![CDATA[WangChaoYi]]></FromUserName><CreateTime>1623301925</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[密文测试]]></Content><MsgId>6972028683187026694</MsgId><AgentID>1000005</AgentID></xml>");
		assertThat(CallbackCodec.sign("pcoLldqMu2WQQtYBeDX5HiXPsBFlTnDM", "1623301925", "1624217036", sealed))
			.isEqualTo("d728d2bea7e28585ebd14eacbd330d84073fe7f1");
	}

	@Test
	void rawDataOfAMiniProgramIsSigned() {
		assertThat(CallbackCodec.sha1(
				"{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\",\"province\":\"Guangdong\",\"country\":\"CN\",\"avatarUrl\":\"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0\"}"
						+ "HyVFkGl5F5OQWJZZaNzBBg=="))
			.isEqualTo("75e81ceda165f4ffa64f4068af58c64b8f54b88c");
	}

	/** Sealed with the official key, whatever the plain bytes are. */
	private static String sealed(byte[] plain) throws GeneralSecurityException {
		byte[] key = Base64.getDecoder().decode(OFFICIAL_KEY + '=');
		Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
		cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
		return Base64.getEncoder().encodeToString(cipher.doFinal(plain));
	}

	private static byte[] plain(int length, int pad) {
		byte[] plain = new byte[64];
		ByteBuffer.wrap(plain, 16, 4).putInt(length);
		Arrays.fill(plain, 32, 64, (byte) pad);
		return plain;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 33, 64, 255 })
	void aPadThatIsNoneIsRefused(int pad) throws GeneralSecurityException {
		String message = sealed(plain(2, pad));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CallbackCodec(OFFICIAL_KEY, "wxba5fad812f8e6fb9").decrypt(message));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 13, 1_000, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void aLengthBeyondTheMessageIsRefused(int length) throws GeneralSecurityException {
		String message = sealed(plain(length, 32));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CallbackCodec(OFFICIAL_KEY, "wxba5fad812f8e6fb9").decrypt(message));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><Content>&a;</Content></xml>",
			"<!DOCTYPE xml SYSTEM \"file:///etc/hostname\"><xml/>", "<xml><Content>", "no markup", "" })
	void onlyPlainElementsAreReadAsAReply(String xml) {
		assertThatIllegalArgumentException().isThrownBy(() -> Xml.read(xml));
	}

}
