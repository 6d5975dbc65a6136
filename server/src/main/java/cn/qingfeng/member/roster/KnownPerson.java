package cn.qingfeng.member.roster;

import java.time.LocalDate;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Somebody of the roster whom a table may mean.
 *
 * @param id of the member
 * @param number of the roster
 * @param name of the person
 * @param unitId of the unit
 * @param position in the branch
 * @param joinedOn of the Party
 * @param status ACTIVE, TRANSFERRED, RETIRED or LEFT
 * @param phoneIndex keyed hash in hexadecimal
 * @param idIndex keyed hash in hexadecimal, null when the identity number is unknown
 */
record KnownPerson(UUID id, String number, String name, UUID unitId, @Nullable String position,
		@Nullable LocalDate joinedOn, String status, String phoneIndex, @Nullable String idIndex) {

	boolean isActive() {
		return this.status.equals("ACTIVE");
	}

	@Override
	public String toString() {
		return "KnownPerson[%s]".formatted(this.id);
	}

}
