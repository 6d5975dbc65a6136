package cn.qingfeng.member.roster;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import cn.qingfeng.member.privacy.IdNumber;
import cn.qingfeng.member.privacy.Phone;
import cn.qingfeng.platform.sheet.SheetCell;
import cn.qingfeng.platform.sheet.SheetRow;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a table, one after the other: each becomes a line or has errors.
 */
final class RosterReading {

	private static final int LONGEST_NAME = 32;

	private static final int LONGEST_NUMBER = 32;

	private static final int LONGEST_POSITION = 64;

	private final RosterTable table;

	private final UnitNames units;

	private final LocalDate today;

	private final List<RosterLine> lines = new ArrayList<>();

	private final List<RosterError> errors = new ArrayList<>();

	private final Map<RosterField, Map<String, Integer>> seen = new HashMap<>();

	private RosterReading(RosterTable table, UnitNames units, LocalDate today) {
		this.table = table;
		this.units = units;
		this.today = today;
	}

	static RosterReading of(RosterTable table, UnitNames units, LocalDate today) {
		RosterReading reading = new RosterReading(table, units, today);
		table.rows().forEach(reading::read);
		return reading;
	}

	List<RosterLine> lines() {
		return List.copyOf(this.lines);
	}

	List<RosterError> errors() {
		return List.copyOf(this.errors);
	}

	private void read(SheetRow row) {
		int errorsBefore = this.errors.size();
		String name = PersonName.of(text(row, RosterField.NAME)).value();
		if (name.length() < 2 || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isDigit)) {
			refuse(row, RosterField.NAME, name.isEmpty() ? "姓名没有填" : "不像姓名");
		}
		String number = limited(row, RosterField.NUMBER, LONGEST_NUMBER);
		String position = limited(row, RosterField.POSITION, LONGEST_POSITION);
		@Nullable Phone phone = value(row, RosterField.PHONE, Phone::parse, () -> "不是 11 位手机号码");
		@Nullable UUID unit = value(row, RosterField.UNIT, this.units::find, () -> unknown(text(row, RosterField.UNIT)));
		@Nullable LocalDate joinedOn = value(row, RosterField.JOINED_ON, (text) -> RosterDates.parse(text, this.today),
				() -> "不是日期，或早于建党、晚于今天");
		@Nullable IdNumber idNumber = idNumber(row);
		requireOnce(row, RosterField.NUMBER, number);
		requireOnce(row, RosterField.PHONE, (phone != null) ? phone.digits() : "");
		requireOnce(row, RosterField.ID_NUMBER, (idNumber != null) ? idNumber.digits() : "");
		if (this.errors.size() == errorsBefore && phone != null && unit != null) {
			this.lines.add(new RosterLine(row.number(), orNull(number), new PersonName(name), phone, unit,
					orNull(position), joinedOn, idNumber));
		}
	}

	private @Nullable IdNumber idNumber(SheetRow row) {
		SheetCell cell = this.table.cell(row, RosterField.ID_NUMBER);
		if (cell.rounded() || cell.text().matches("(?i)[\\d.]+E\\+?\\d+")) {
			refuse(row, RosterField.ID_NUMBER, "身份证号被表格存成了数字，末几位已经丢失：请把这一列设为文本后重新填写");
			return null;
		}
		return value(row, RosterField.ID_NUMBER, IdNumber::parse, () -> "身份证号有误：位数、出生日期或校验码不对");
	}

	/** Required when the field is: an empty one is then refused as well. */
	private <T> @Nullable T value(SheetRow row, RosterField field, Function<String, Optional<T>> parser,
			Supplier<String> message) {
		String text = text(row, field);
		boolean optional = field == RosterField.JOINED_ON || field == RosterField.ID_NUMBER;
		if (text.isEmpty()) {
			if (!optional) {
				refuse(row, field, "没有填");
			}
			return null;
		}
		Optional<T> value = parser.apply(text);
		if (value.isEmpty()) {
			refuse(row, field, message.get());
		}
		return value.orElse(null);
	}

	private String unknown(String name) {
		return this.units.nearest(name).map("没有这个单位，是不是“%s”"::formatted).orElse("没有这个单位，或不归您管理");
	}

	private String limited(SheetRow row, RosterField field, int longest) {
		String text = text(row, field);
		if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
			refuse(row, field, "超过 %d 个字或有换行".formatted(longest));
		}
		return text;
	}

	private void requireOnce(SheetRow row, RosterField field, String value) {
		@Nullable Integer first = value.isEmpty() ? null
				: this.seen.computeIfAbsent(field, (any) -> new HashMap<>()).putIfAbsent(value, row.number());
		if (first != null) {
			refuse(row, field, "与第 %d 行重复".formatted(first));
		}
	}

	private void refuse(SheetRow row, RosterField field, String message) {
		this.errors.add(new RosterError(row.number(), this.table.header(field), message));
	}

	private String text(SheetRow row, RosterField field) {
		return this.table.cell(row, field).text();
	}

	private static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
