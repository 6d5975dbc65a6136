package cn.qingfeng.member.unit;

import java.util.UUID;

/**
 * A leader who looks after some organisations.
 *
 * @param id of the leader
 * @param name of the person
 * @param title the office
 * @param sortOrder place among the leaders
 * @param version grows with each change, also of the units
 */
record LiaisonLeader(UUID id, String name, String title, int sortOrder, long version) {

	@Override
	public String toString() {
		return "LiaisonLeader[%s]".formatted(this.id);
	}

}
