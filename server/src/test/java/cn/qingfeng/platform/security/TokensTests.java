package cn.qingfeng.platform.security;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokensTests {

	@Test
	void tokensHave256BitsAndNeverRepeat() {
		Set<String> tokens = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			tokens.add(Tokens.random());
		}
		assertThat(tokens).hasSize(1_000).allMatch((token) -> token.matches("[A-Za-z0-9_-]{43}"));
	}

	@Test
	void aDigestDoesNotTellItsToken() {
		assertThat(Tokens.digest("a")).hasSize(32).isEqualTo(Tokens.digest("a")).isNotEqualTo(Tokens.digest("b"));
	}

}
