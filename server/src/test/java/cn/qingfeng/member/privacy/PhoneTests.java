package cn.qingfeng.member.privacy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PhoneTests {

	@ParameterizedTest
	@ValueSource(strings = { "13000000001", " 130 0000 0001", "130-0000-0001", "+86 13000000001", "8613000000001",
			"008613000000001", "１３００００００００１", "130\u00a00000\u00a00001" })
	void peopleWriteTheSameNumberInManyWays(String typed) {
		assertThat(Phone.parse(typed)).contains(new Phone("13000000001"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1300000000", "130000000012", "12000000001", "1.3E+10", "张三", "0532-88888888",
			"+1 3000000001" })
	void whatIsNoMobileNumberIsRefused(String typed) {
		assertThat(Phone.parse(typed)).isEmpty();
	}

	@Test
	void onlyTheMaskedNumberIsEverPrinted() {
		assertThat(new Phone("13000000001")).hasToString("130****0001");
	}

}
