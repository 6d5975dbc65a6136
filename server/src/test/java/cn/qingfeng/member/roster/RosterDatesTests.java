package cn.qingfeng.member.roster;

import java.time.LocalDate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RosterDatesTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

	@ParameterizedTest
	@ValueSource(strings = { "1998-07-01", "1998/7/1", "1998.7", "1998年7月1日", "1998年7月", "19980701", "199807", "35977",
			"１９９８－０７－０１", "1998-07-01 00:00:00" })
	void theUsualFormsAreTheSameDay(String typed) {
		assertThat(RosterDates.parse(typed, TODAY)).contains(LocalDate.of(1998, 7, 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1998-13-01", "1998-02-30", "1900-01-01", "2026-11-26", "七月", "99999", "1998" })
	void whatIsNoDayOrOutOfTheAgesIsNone(String typed) {
		assertThat(RosterDates.parse(typed, TODAY)).isEmpty();
	}

}
