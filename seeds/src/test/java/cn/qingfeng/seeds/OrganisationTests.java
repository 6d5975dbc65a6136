package cn.qingfeng.seeds;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class OrganisationTests {

	private final JsonNode file = SeedFiles.yaml("organisation/units.yaml");

	private final List<JsonNode> units = SeedFiles.items(this.file.path("units"));

	private final JsonNode leaders = SeedFiles.yaml("organisation/liaison.yaml");

	@Test
	void thereAreEightyTwoUnitsOfSevenKinds() {
		assertThat(SeedFiles.keys(this.file.path("units"))).hasSize(82);
		assertThat(this.units).extracting((unit) -> unit.path("name").asString()).doesNotHaveDuplicates();
		Set<String> kinds = SeedFiles.items(this.file.path("kinds"))
			.stream()
			.map((kind) -> kind.path("key").asString())
			.collect(Collectors.toSet());
		assertThat(kinds).hasSize(7);
		assertThat(this.units).extracting((unit) -> unit.path("kind").asString()).hasSameElementsAs(kinds);
		for (JsonNode unit : this.units) {
			SeedFiles.assertFields(unit.path("key").asString(), unit, Set.of("key", "name", "kind", "order"),
					Set.of("parent", "liaisonLeader"));
		}
	}

	@Test
	void theUnitsFormOneTreeWithParentsFirst() {
		Set<String> seen = new HashSet<>();
		for (JsonNode unit : this.units) {
			if (unit.has("parent")) {
				assertThat(seen).contains(unit.path("parent").asString());
			}
			else {
				assertThat(seen).as("only the first unit is a root").isEmpty();
			}
			seen.add(unit.path("key").asString());
		}
		assertThat(this.units).extracting((unit) -> unit.path("order").asInt()).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void sixtyThreeUnitsAreLookedAfterByFiveFictionalLeaders() {
		Map<String, Long> looked = this.units.stream()
			.filter((unit) -> unit.has("liaisonLeader"))
			.collect(Collectors.groupingBy((unit) -> unit.path("liaisonLeader").asString(), Collectors.counting()));
		assertThat(looked.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(63);
		assertThat(looked.values()).as("a fair share each").allMatch((units) -> units >= 10 && units <= 15);
		assertThat(looked.keySet()).isEqualTo(SeedFiles.keys(this.leaders.path("leaders"))).hasSize(5);
		assertThat(this.leaders.path("fictional").asBoolean()).isTrue();
		assertThat(SeedFiles.items(this.leaders.path("leaders")))
			.allSatisfy((leader) -> assertThat(leader.path("title").asString()).contains("演示"));
	}

	@Test
	void twentyCommunitiesLieInLaixi() {
		JsonNode communities = SeedFiles.yaml("organisation/communities.yaml");
		assertThat(communities.path("coordinateSystem").asString()).isEqualTo("GCJ-02");
		assertThat(SeedFiles.keys(communities.path("communities"))).hasSize(20);
		assertThat(communities.path("fictional").asBoolean()).isTrue();
		assertThat(SeedFiles.items(communities.path("communities")))
			.extracting((place) -> place.path("name").asString())
			.doesNotHaveDuplicates()
			.allMatch((name) -> name.endsWith("（演示）"), "is marked as invented");
		assertThat(SeedFiles.items(communities.path("communities")))
			.extracting((place) -> place.path("latitude") + " " + place.path("longitude"))
			.doesNotHaveDuplicates();
		for (JsonNode community : communities.path("communities")) {
			SeedFiles.assertFields("community", community,
					Set.of("key", "name", "street", "latitude", "longitude", "order"), Set.of());
			assertThat(community.path("street").asString()).isIn("水集街道", "望城街道", "沽河街道");
			EventTests.assertInLaixi(community);
		}
	}

	@Test
	void thereAreSevenColumnsAndTheLinkCardsLeadSomewhere() {
		JsonNode columns = SeedFiles.yaml("columns/columns.yaml").path("columns");
		assertThat(SeedFiles.keys(columns)).hasSize(7);
		for (JsonNode column : columns) {
			SeedFiles.assertFields("column", column, Set.of("key", "name", "description", "kind", "order"),
					Set.of("links"));
			boolean links = "LINKS".equals(column.path("kind").asString());
			assertThat(column.has("links")).isEqualTo(links);
			for (JsonNode link : column.path("links")) {
				SeedFiles.assertFields("link", link, Set.of("key", "name", "description", "order"),
						Set.of("url", "wechatAccount"));
				assertThat(link.has("url")).isNotEqualTo(link.has("wechatAccount"));
				if (link.has("url")) {
					assertThat(link.path("url").asString()).startsWith("https://");
				}
			}
		}
	}

}
