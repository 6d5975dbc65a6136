package cn.qingfeng.member.privacy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IdNumberTests {

	/** The example of GB 11643 itself. */
	private static final String EXAMPLE = "11010519491231002X";

	@ParameterizedTest
	@ValueSource(strings = { EXAMPLE, "11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ",
			"'11010519491231002X", "110105491231002" })
	void everyWayOfWritingIsTheSameNumber(String typed) {
		assertThat(IdNumber.parse(typed)).contains(new IdNumber(EXAMPLE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "110105194912310021", "110105194913310020", "1101051949123100", "1.10105E+17", "",
			"110105491331002" })
	void aWrongCheckDigitBirthdayOrLengthIsNoNumber(String typed) {
		assertThat(IdNumber.parse(typed)).isEmpty();
	}

	@Test
	void onlyTheEndsAreShown() {
		assertThat(new IdNumber(EXAMPLE)).hasToString("110***********002X");
	}

}
