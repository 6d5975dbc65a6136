package cn.qingfeng.member.roster;

import java.util.HexFormat;
import java.util.Objects;

import cn.qingfeng.member.privacy.IdNumber;
import cn.qingfeng.member.privacy.PersonalData;
import org.jspecify.annotations.Nullable;

/**
 * A line and the keyed hashes by which its person is found.
 *
 * @param line of the table
 * @param phoneIndex in hexadecimal
 * @param idIndex in hexadecimal, null without an identity number
 */
record IndexedLine(RosterLine line, String phoneIndex, @Nullable String idIndex) {

	static IndexedLine of(RosterLine line, PersonalData data) {
		HexFormat hex = HexFormat.of();
		IdNumber idNumber = line.idNumber();
		return new IndexedLine(line, hex.formatHex(line.phone().index(data)),
				(idNumber != null) ? hex.formatHex(idNumber.index(data)) : null);
	}

	/** Whether the roster says all this already; what is empty says nothing. */
	boolean isKnownOf(KnownPerson person) {
		return this.line.name().value().equals(person.name()) && this.line.unitId().equals(person.unitId())
				&& this.phoneIndex.equals(person.phoneIndex())
				&& saysNothingNew(this.line.position(), person.position())
				&& saysNothingNew(this.line.joinedOn(), person.joinedOn())
				&& saysNothingNew(this.idIndex, person.idIndex());
	}

	private static boolean saysNothingNew(@Nullable Object said, @Nullable Object known) {
		return said == null || Objects.equals(said, known);
	}

}
