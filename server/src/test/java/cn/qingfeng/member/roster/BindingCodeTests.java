package cn.qingfeng.member.roster;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BindingCodeTests {

	@Test
	void codesAreReadAsTheyArePrintedAndAsPeopleTypeThem() {
		BindingCode code = BindingCode.of("7K20M-1XRTB");
		assertThat(BindingCode.of("7k2om lxrtb")).isEqualTo(code);
		assertThat(BindingCode.of("７Ｋ２０Ｍ－IXRTB")).isEqualTo(code);
		assertThat(code.printed()).isEqualTo("7K20M-1XRTB");
	}

	@Test
	void codesAreDifferentAndFreeOfCharactersThatLookAlike() {
		Set<BindingCode> codes = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			codes.add(BindingCode.random());
		}
		assertThat(codes).hasSize(1_000).allSatisfy((code) -> {
			assertThat(code.characters()).matches("[0-9A-HJKMNP-TV-Z]{10}");
			assertThat(BindingCode.of(code.printed())).isEqualTo(code);
			assertThat(code.toString()).doesNotContain(code.characters());
		});
	}

}
