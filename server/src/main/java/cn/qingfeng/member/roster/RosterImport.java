package cn.qingfeng.member.roster;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A table that was read and waits to be taken over, or was.
 *
 * @param id of the import
 * @param fileName as it was uploaded
 * @param state PREVIEW, COMMITTING or COMMITTED
 * @param headers of the recognised columns
 * @param fields what they tell, in the same order
 * @param rowsRead rows of the table
 * @param rowsToWrite rows that add or change somebody
 * @param rowsWritten how far the commit is
 * @param added new members
 * @param changed members
 * @param unchanged members
 * @param faulty rows that are left out
 * @param createdAt when it was read
 */
record RosterImport(UUID id, String fileName, String state, List<String> headers, List<String> fields, int rowsRead,
		int rowsToWrite, int rowsWritten, int added, int changed, int unchanged, int faulty, Instant createdAt) {

	boolean isCommitted() {
		return this.state.equals("COMMITTED");
	}

}
