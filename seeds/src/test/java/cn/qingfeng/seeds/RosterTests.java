package cn.qingfeng.seeds;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import cn.qingfeng.seeds.roster.RosterGenerator;
import cn.qingfeng.seeds.roster.RosterPerson;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RosterTests {

	private final List<RosterPerson> people = RosterGenerator.generate(4_200);

	@Test
	void theSamePeopleComeOutEveryTimeAndALongerRosterBeginsWithTheShorter() {
		assertThat(RosterGenerator.generate(4_200)).isEqualTo(this.people);
		assertThat(RosterGenerator.generate(200)).isEqualTo(this.people.subList(0, 200));
		assertThat(RosterGenerator.generate(0)).isEmpty();
	}

	@Test
	void theRosterIsKnownDownToItsLastPerson() {
		assertThat(this.people.getLast()).isEqualTo(
				new RosterPerson("D04200", "赵庆伟", "13000004200", "peoples-hospital", null, LocalDate.of(2011, 12, 25)));
	}

	@Test
	void phonesAndNumbersAreFictionalAndUnique() {
		assertThat(this.people).extracting(RosterPerson::phone)
			.doesNotHaveDuplicates()
			.allMatch((phone) -> phone.matches("1300000\\d{4}"));
		assertThat(this.people).extracting(RosterPerson::number)
			.doesNotHaveDuplicates()
			.allMatch((number) -> number.matches("D\\d{5}"));
		assertThat(this.people.getFirst().phone()).isEqualTo("13000000001");
	}

	@Test
	void everyUnitHasMembers() {
		Set<String> units = SeedFiles.keys(SeedFiles.yaml("organisation/units.yaml").path("units"));
		assertThat(this.people).extracting(RosterPerson::unitKey).hasSameElementsAs(units);
		assertThat(this.people.subList(0, 200)).extracting(RosterPerson::unitKey).containsAll(units);
	}

	@Test
	void peopleLookPlausible() {
		assertThat(this.people).allSatisfy((person) -> {
			assertThat(person.name()).matches("\\p{IsHan}{2,3}");
			assertThat(person.joinedOn()).isBetween(LocalDate.of(1984, 7, 1), LocalDate.of(2025, 12, 31));
		});
		assertThat(this.people.stream().map(RosterPerson::name).distinct().count()).isGreaterThan(4_000);
		assertThat(this.people.stream().filter((person) -> person.position() != null).count()).isBetween(400L, 800L);
	}

	@Test
	void theFileHoldsTheFirstTwoHundred() {
		List<CSVRecord> rows = SeedFiles.csv("roster/members.csv");
		assertThat(rows).hasSize(200).allSatisfy((row) -> assertThat(row.get("remark")).contains("虚构"));
		assertThat(rows.stream().map(RosterTests::person).toList()).isEqualTo(this.people.subList(0, 200));
	}

	@Test
	void morePeopleThanPhonesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> RosterGenerator.generate(RosterGenerator.LIMIT + 1));
		assertThatIllegalArgumentException().isThrownBy(() -> RosterGenerator.generate(-1));
	}

	private static RosterPerson person(CSVRecord row) {
		String position = row.get("position");
		return new RosterPerson(row.get("number"), row.get("name"), row.get("phone"), row.get("unit"),
				(position.isEmpty()) ? null : position, LocalDate.parse(row.get("joinedOn")));
	}

}
