package cn.qingfeng.member.roster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PersonNameTests {

	@Test
	void blanksInShortNamesMakeNoDifference() {
		assertThat(PersonName.of(" 王　伟 ")).isEqualTo(PersonName.of("王伟"));
	}

	@Test
	void allDotsOfLongNamesAreOne() {
		assertThat(PersonName.of("阿不都•热合曼")).isEqualTo(PersonName.of("阿不都·热合曼"));
		assertThat(PersonName.of("阿不都．热合曼")).isEqualTo(PersonName.of("阿不都・热合曼"));
	}

	@Test
	void otherNamesStayOther() {
		assertThat(PersonName.of("王伟")).isNotEqualTo(PersonName.of("王玮"));
	}

	@Test
	void aMaskedNameIsKnownToItsOwnerAlone() {
		assertThat(new PersonName("王伟").masked()).isEqualTo("王*");
		assertThat(new PersonName("欧阳小明").masked()).isEqualTo("欧**明");
		assertThat(new PersonName("\ud842\udfb7野家").masked()).isEqualTo("\ud842\udfb7*家");
	}

}
