package cn.qingfeng.member.unit;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.member.unit.UnitTree.Unit;
import cn.qingfeng.platform.problem.NotFoundProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UnitTreeTests {

	private final Unit city = unit("city", null);

	private final Unit police = unit("police", this.city.id());

	private final Unit traffic = unit("traffic", this.police.id());

	private final Unit audit = unit("audit", this.city.id());

	private final UnitTree tree = new UnitTree(List.of(this.city, this.police, this.traffic, this.audit));

	@Test
	void nobodyIsLimitedWithoutUnits() {
		assertThat(this.tree.scope(Set.of())).hasSize(4);
	}

	@Test
	void aUnitComesWithWhatIsBelowIt() {
		assertThat(this.tree.scope(Set.of(this.police.id()))).containsExactlyInAnyOrder(this.police.id(),
				this.traffic.id());
		assertThat(this.tree.in(this.tree.scope(Set.of(this.audit.id())))).containsExactly(this.audit);
	}

	@Test
	void aUnitBelowItselfDoesNotTrapAnybody() {
		UUID one = UUID.randomUUID();
		UUID two = UUID.randomUUID();
		UnitTree ring = new UnitTree(List.of(unit(one, "one", two), unit(two, "two", one)));
		assertThat(ring.scope(Set.of(one))).containsExactlyInAnyOrder(one, two);
	}

	@Test
	void nobodyAsksForAForeignUnit() {
		assertThat(this.tree.asked(Set.of(this.police.id()), this.traffic.id())).containsExactly(this.traffic.id());
		assertThat(this.tree.asked(Set.of(this.police.id()), null)).containsExactly(this.police.id(),
				this.traffic.id());
		assertThatExceptionOfType(NotFoundProblem.class)
			.isThrownBy(() -> this.tree.asked(Set.of(this.police.id()), this.audit.id()));
	}

	@Test
	void tablesNameNoClosedUnit() {
		Unit closed = new Unit(UUID.randomUUID(), "old", "旧单位", "STATE_ORGAN", null, 0, 0, true, 3, null, null);
		UnitTree with = new UnitTree(List.of(this.audit, closed));
		assertThat(with.named(with.scope(Set.of()))).containsOnlyKeys("audit");
	}

	private static Unit unit(String key, @Nullable UUID parent) {
		return unit(UUID.randomUUID(), key, parent);
	}

	private static Unit unit(UUID id, String key, @Nullable UUID parent) {
		return new Unit(id, key, key, "STATE_ORGAN", parent, 0, 0, false, 0, null, null);
	}

}
