package cn.qingfeng.member.roster;

import java.time.LocalDate;
import java.util.UUID;

import cn.qingfeng.member.privacy.IdNumber;
import cn.qingfeng.member.privacy.Phone;
import org.jspecify.annotations.Nullable;

/**
 * A person in a table, readable in itself. What is empty stays as the roster has it.
 *
 * @param row of the table
 * @param number in the roster
 * @param name of the person
 * @param phone mobile
 * @param unitId of the unit
 * @param position in the branch
 * @param joinedOn of the Party
 * @param idNumber of the person
 */
record RosterLine(int row, @Nullable String number, PersonName name, Phone phone, UUID unitId,
		@Nullable String position, @Nullable LocalDate joinedOn, @Nullable IdNumber idNumber) {

	@Override
	public String toString() {
		return "RosterLine[%d]".formatted(this.row);
	}

}
