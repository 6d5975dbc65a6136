package cn.qingfeng.contract;

import java.util.stream.Stream;

import cn.qingfeng.staff.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CountsTests {

	@Test
	void whateverCountsPeopleSaysHowItKeepsFromTellingAboutSingleOnes() {
		assertThat(Operation.all()).filteredOn((operation) -> !Counts.of(operation).isEmpty())
			.isNotEmpty()
			.allMatch((operation) -> operation.isStatistics() || operation.countsPlaces()
					|| operation.namedBy().isPresent(), "is x-statistics, x-named-by or x-places");
	}

	@Test
	void whoIsShownEveryFigureMaySeeTheSamePeopleOneByOne() {
		assertThat(Operation.all()).filteredOn((operation) -> operation.namedBy().isPresent())
			.isNotEmpty()
			.filteredOn((operation) -> !operation.isStatistics())
			.allMatch((operation) -> Stream.of(Role.values())
				.map(Role::name)
				.filter(operation::admits)
				.allMatch((role) -> operation.namedBy().orElseThrow().admits(role)), "admits no more roles");
	}

	@Test
	void whatNamesPeopleIsInTheContract() {
		assertThat(Operation.all()).filteredOn((operation) -> operation.node().has("x-named-by"))
			.allMatch((operation) -> operation.namedBy().isPresent());
	}

	@Test
	void noNumberIsLeftOutThatIsNotThere() {
		assertThat(Counts.forgotten()).isEmpty();
	}

}
