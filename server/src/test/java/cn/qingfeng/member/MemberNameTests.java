package cn.qingfeng.member;

import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemberNameTests {

	@ParameterizedTest
	@CsvSource({ "王,王", "李雷,李*", "王小明,王**", "欧阳娜娜,欧***", "𠮷田一郎,𠮷***", "'',''" })
	void aMaskedNameKeepsItsFirstCharacterOnly(String name, String masked) {
		assertThat(new MemberName(new MemberId(UUID.randomUUID()), name, new UnitId(UUID.randomUUID()), "单位").masked())
			.isEqualTo(masked);
	}

}
