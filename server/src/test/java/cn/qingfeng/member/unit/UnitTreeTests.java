package cn.qingfeng.member.unit;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.member.unit.UnitTree.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
		UnitTree ring = new UnitTree(
				List.of(new Unit(one, "one", "", "", two, 0), new Unit(two, "two", "", "", one, 0)));
		assertThat(ring.scope(Set.of(one))).containsExactlyInAnyOrder(one, two);
	}

	private static Unit unit(String key, @Nullable UUID parent) {
		return new Unit(UUID.randomUUID(), key, key, "STATE_ORGAN", parent, 0);
	}

}
