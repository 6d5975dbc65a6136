package cn.qingfeng.member.feedback;

import java.time.LocalDate;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FeedbackPropertiesTests {

	private final FeedbackProperties properties = new FeedbackProperties(5, Set.of(LocalDate.of(2026, 10, 1),
			LocalDate.of(2026, 10, 2), LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 6), LocalDate.of(2026, 10, 7)),
			Set.of(LocalDate.of(2026, 10, 10)), 20);

	@Test
	void weekendsDoNotCount() {
		assertThat(this.properties.dueOn(LocalDate.of(2026, 11, 25))).isEqualTo(LocalDate.of(2026, 12, 2));
		assertThat(this.properties.dueOn(LocalDate.of(2026, 11, 28))).isEqualTo(LocalDate.of(2026, 12, 4));
	}

	@Test
	void holidaysDoNotCountAndWorkedWeekendsDo() {
		assertThat(this.properties.dueOn(LocalDate.of(2026, 9, 30))).isEqualTo(LocalDate.of(2026, 10, 13));
	}

}
