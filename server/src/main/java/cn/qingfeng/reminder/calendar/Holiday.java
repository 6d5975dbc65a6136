package cn.qingfeng.reminder.calendar;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Objects;
import java.util.function.IntFunction;

import com.nlf.calendar.Lunar;
import com.nlf.calendar.Solar;

/**
 * The public holidays before which the committee writes (《全国年节及纪念日放假办法》). Their days are
 * computed for any year.
 */
public enum Holiday {

	NEW_YEAR("元旦", Kind.SOLAR, (year) -> MonthDay.of(1, 1).atYear(year)),

	SPRING_FESTIVAL("春节", Kind.LUNAR, (year) -> lunar(year, 1, 1)),

	QINGMING("清明节", Kind.SOLAR_TERM, (year) -> solarTerm(year, "清明")),

	LABOUR_DAY("劳动节", Kind.SOLAR, (year) -> MonthDay.of(5, 1).atYear(year)),

	DRAGON_BOAT("端午节", Kind.LUNAR, (year) -> lunar(year, 5, 5)),

	MID_AUTUMN("中秋节", Kind.LUNAR, (year) -> lunar(year, 8, 15)),

	NATIONAL_DAY("国庆节", Kind.SOLAR, (year) -> MonthDay.of(10, 1).atYear(year));

	private final String chinese;

	private final Kind kind;

	private final IntFunction<LocalDate> day;

	Holiday(String chinese, Kind kind, IntFunction<LocalDate> day) {
		this.chinese = chinese;
		this.kind = kind;
		this.day = day;
	}

	public String chinese() {
		return this.chinese;
	}

	public Kind kind() {
		return this.kind;
	}

	/** The day of the holiday in a year of the solar calendar. */
	public LocalDate in(int year) {
		return this.day.apply(year);
	}

	/** The lunar date of a day, such as 丁未年正月初一. */
	public static String lunarDate(LocalDate date) {
		Lunar lunar = Solar.fromYmd(date.getYear(), date.getMonthValue(), date.getDayOfMonth()).getLunar();
		return "%s年%s月%s".formatted(lunar.getYearInGanZhi(), lunar.getMonthInChinese(), lunar.getDayInChinese());
	}

	private static LocalDate lunar(int year, int month, int day) {
		return date(Lunar.fromYmd(year, month, day).getSolar());
	}

	private static LocalDate solarTerm(int year, String term) {
		return date(Objects.requireNonNull(Lunar.fromYmd(year, 6, 1).getJieQiTable().get(term)));
	}

	private static LocalDate date(Solar solar) {
		return LocalDate.of(solar.getYear(), solar.getMonth(), solar.getDay());
	}

	/**
	 * How the day of a holiday is found.
	 */
	public enum Kind {

		SOLAR, LUNAR, SOLAR_TERM

	}

}
