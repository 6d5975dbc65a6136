package cn.qingfeng.member.roster;

/**
 * Why a row is left out.
 *
 * @param row of the table
 * @param header of the column
 * @param message for a person, without the value
 */
record RosterError(int row, String header, String message) {

}
