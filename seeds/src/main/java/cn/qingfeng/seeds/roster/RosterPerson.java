package cn.qingfeng.seeds.roster;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * One fictional member of the roster.
 *
 * @param number roster number, {@code D00001} for the first person
 * @param name an invented name
 * @param phone {@code 13000000000} plus the person's position in the roster
 * @param unitKey key of the unit in {@code organisation/units.yaml}
 * @param position post in the party branch, absent for an ordinary member
 * @param joinedOn day of joining the party
 */
public record RosterPerson(String number, String name, String phone, String unitKey, @Nullable String position,
		LocalDate joinedOn) {
}
