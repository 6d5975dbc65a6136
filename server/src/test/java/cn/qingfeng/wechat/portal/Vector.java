package cn.qingfeng.wechat.portal;

import java.util.stream.Stream;

/**
 * Published examples of WeChat's encryption, from its own pages and from the tests of
 * other libraries.
 *
 * @param name what it is good for
 * @param token of the message push
 * @param aesKey the EncodingAESKey
 * @param appId at the end of the plain text
 * @param timestamp of the query
 * @param nonce of the query
 * @param signature {@code msg_signature}; empty when the source gives none
 * @param encrypted the field {@code Encrypt}
 * @param plain the message inside
 */
record Vector(String name, String token, String aesKey, String appId, String timestamp, String nonce, String signature,
		String encrypted, String plain) {

	static Stream<Vector> all() {
		return Stream.of(new Vector("official example", "AAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
				"wxba5fad812f8e6fb9", "1714112445", "415670741", "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
				"+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG"
						+ "QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrf"
						+ "MZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgR"
						+ "tWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=",
				"{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\",\""
						+ "CreateTime\":1714112445,\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"h"
						+ "ello world\"}"),
				new Vector("official reply", "AAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
						"wxba5fad812f8e6fb9", "1713424427", "415670741", "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1",
						"ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==",
						"{\"demo_resp\":\"good luck\"}"),
				new Vector("Chinese text", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
						"wxb11529c136998cb6", "1409304348", "xxxxxx", "82c962d39941aa48552f90ef55aa323dc620cc10",
						"jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==",
						"我是中文abcd123"),
				new Vector("padding above 16", "", "AdiqDDDvUNCeE1ZW5XJmjf9fqNBJpGBs4vL4cHKmHBS", "wx45f133bf6fce646e",
						"", "", "",
						"gsKjKVChgrDDifoOdfrL/MWujrKxnSR1jBopv0zEdHFQXcx5I0bf4UxIRjektLHEziRxpU5zTw0s+gYF3WOFjkIn"
								+ "30gzQl9XNKr2A+DCHVG05I2EcbOnnAR5EYgjGLAipra5nOfCPPIRFQTZ7SdanniXX73YOiCAKJlNH21+PApcYu4r"
								+ "PXxJ4eTXbBLwmfnSl7iojDX1LQIcC3FYmaapMQq/u+sJGsxshp4dLXJ6A5Ji3cSYAzXRVIxbNlHN1MWfdcZ0O5+Z"
								+ "tOU6dZiD8hJ4kkxh05EfOedWFjUy7ZhmXgrpZ4WpYPsrythXHE2Bg1Ohz8uf5h5X31yuU/3FPoa8rD21pfZnAjBT"
								+ "1QCkn6MxtL5lR+yoQReLwElVbtB6yJFPIZ+n9Qh/yKfIasxkzgIEo0pwPEbS17WCTyvRItJtU6tlo3rawJX+fsV6"
								+ "3tKIfmLZjyZPDlV9/ka/nA/DT0KODw==",
						"<xml><ToUserName><![CDATA[gh_b1eb3f8bd6c6]]></ToUserName>\n<FromUserName><![CDATA[okPEat"
								+ "9FRX96xG8JQvTxHLpzDV64]]></FromUserName>\n<CreateTime>1458889120</CreateTime>\n<MsgType>"
								+ "<![CDATA[text]]></MsgType>\n<Content><![CDATA[test text message]]></Content>\n<MsgId>626"
								+ "5881059295447969</MsgId>\n</xml>"),
				new Vector("padding of 1", "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR",
						"wx49f0ab532d5d035a", "1411525903", "461056294", "74d92dfeb87ba7c714f89d98870ae5eb62dff26d",
						"RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6IHC"
								+ "rsTyeDXzF6Bv283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTdaXpX"
								+ "aG4+BiYyolBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmUHzkVQi"
								+ "MS6td7vXUaWOMZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5t6NMxuGhcUGAPOQi"
								+ "pvWTT4dShyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdCRxthuL0=",
						"<xml><ToUserName><![CDATA[wx49f0ab532d5d035a]]></ToUserName>\n<FromUserName><![CDATA[mes"
								+ "sense]]></FromUserName>\n<CreateTime>1411525903</CreateTime>\n<MsgType><![CDATA[text]]><"
								+ "/MsgType>\n<Content><![CDATA[test]]></Content>\n<MsgId>4363689963896700987</MsgId>\n<Age"
								+ "ntID>1</AgentID>\n</xml>"),
				new Vector("echo", "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a",
						"1411443780", "437374425", "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96",
						"4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==",
						"5927782489442352469"),
				new Vector("padding of 3", "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR",
						"wx49f0ab532d5d035a", "1411525903", "461056294", "407518b7649e86ef23978113f92d27afa9296533",
						"9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk+j3nba4HMOTzHrluLBYqxgNc"
								+ "BqGsL8GqxlhZgURnAtObvesEl5nZ+uBE8bviY0LWke8Zy9V/QYKxNV2FqllNXcfmstttyIkMKCCmVbCFM2JTF5wY"
								+ "0nFhHZSjPUL2Q1qvSUCUld+/WIXrx0oyKQmpB6o8NRrrNrsDf03oxI1p9FxUgMnwKKZeOA/uu+2IEvEBtb7muXsV"
								+ "bwbgX05UPPJvFurDXafG0RQyPR+mf1nDnAtQmmNOuiR5MIkdQ39xn1vWwi1O5oazPoQJz0nTYjxxEE8kv3kFxtAG"
								+ "VRe3ypD3WeK2XeFYFMNMpatF9XiKzHo3",
						"<xml>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test]]></Content>\n<FromUs"
								+ "erName><![CDATA[wx49f0ab532d5d035a]]></FromUserName>\n<ToUserName><![CDATA[messense]]></"
								+ "ToUserName>\n<AgentID>1</AgentID>\n<CreateTime>1411525903</CreateTime>\n</xml>"),
				new Vector("another echo", "pcoLldqMu2WQQtYBeDX5HiXPsBFlTnDM",
						"CyjBvGm4tJNmcThkeL5Wajzom4jKlBygKtpTkYeqsnE", "wwedab3d5fc43636d8", "1623292419", "1623324060",
						"1495c4dfd4958d4e5faf618978ae66943a042f87",
						"o1XtmVltGmUAqoWee54yd4Q5ZBgrw4/9lFo5qdZoVPd1DybzarjuYCfFlR2AFbAcWHwFgmbrVBD+f9910QIF6g==",
						"6058207018001857403"),
				new Vector("padding of 24", "pcoLldqMu2WQQtYBeDX5HiXPsBFlTnDM",
						"CyjBvGm4tJNmcThkeL5Wajzom4jKlBygKtpTkYeqsnE", "wwedab3d5fc43636d8", "1623301925", "1624217036",
						"d728d2bea7e28585ebd14eacbd330d84073fe7f1",
						"ZBY4h9SD1Y/v+ighMGU4yHSVWyMuf2UdQQfFuB8S/SY5il9MynR1rtKIJDG871vOqaCs0FVje6bX0VyhvL02PG7F"
								+ "XjRR+rAyiwVv7T7nBGgamkPeOv4n/jXgFQnY6NEt3Zym09t4aI+21pDcE6uN6JzcC+hxw5sBfVyza3NHyuLiyhva"
								+ "lsFbasA4HNcnK+4/3eZLMo+e6yvHUsY4WhmZWW5u5mHcDZm1jtI2fUtzod6Sx7PrCOhm+zUO1I98OD0EmICxHHMj"
								+ "MkGmSFuGhG8vXRKaRavzvV/fkscZK1HjW+XJOV0c9wYDZT+/LTjDS/yx5KkM5lIksiw57DsCro9gvmE1WdvB3bw3"
								+ "m+5ie2x1ZRSuh6ik1rbMTiXgJXt0MnbV8VsyPe1zhkbug1cwdhT9zcOTieb0oyiIl3wSAEkNNBNBaWB+78V1hM/n"
								+ "gMoZgKaaasJUCGtPH/rN+YnxGicDOg==",
						"<xml><ToUserName><![CDATA[wwedab3d5fc43636d8]]></ToUserName><FromUserName><![CDATA[WangC"
								+ "haoYi]]></FromUserName><CreateTime>1623301925</CreateTime><MsgType><![CDATA[text]]></Msg"
								+ "Type><Content><![CDATA[密文测试]]></Content><MsgId>6972028683187026694</MsgId><AgentID>10000"
								+ "05</AgentID></xml>"));
	}

	CallbackCipher cipher() {
		return new CallbackCipher(this.token, this.aesKey, this.appId);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
