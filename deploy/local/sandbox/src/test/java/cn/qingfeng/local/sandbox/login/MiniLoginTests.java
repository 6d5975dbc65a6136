package cn.qingfeng.local.sandbox.login;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MiniLoginTests {

	@Test
	void theStateOfASessionIsSignedWithTheTextOfItsKey() {
		assertThat(MiniLogin.signature("o0q0otL8aEzpcZL/FT9WsQ=="))
			.isEqualTo("46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128");
	}

}
