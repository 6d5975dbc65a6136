package cn.qingfeng.reminder.calendar;

import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The published days off in the database.
 */
@Component
public class StatutoryHolidays {

	private final DatabaseClient database;

	StatutoryHolidays(DatabaseClient database) {
		this.database = database;
	}

	/** The calendar with the tables of these years, as far as they are loaded. */
	public Mono<HolidayCalendar> calendar(int fromYear, int toYear) {
		return this.database.sql("""
				SELECT year, name, holidays, from_day, to_day FROM statutory_period
				WHERE year BETWEEN :fromYear AND :toYear ORDER BY from_day
				""")
			.bind("fromYear", fromYear)
			.bind("toYear", toYear)
			.mapProperties(Row.class)
			.all()
			.collectList()
			.map((rows) -> new HolidayCalendar(rows.stream().map(Row::daysOff).toList(),
					rows.stream().map(Row::year).collect(Collectors.toSet())));
	}

	Mono<Void> insert(int year, DaysOff daysOff) {
		return this.database.sql("""
				INSERT INTO statutory_period (year, name, holidays, from_day, to_day)
				VALUES (:year, :name, :holidays, :fromDay, :toDay) ON CONFLICT DO NOTHING
				""")
			.bind("year", year)
			.bind("name", daysOff.name())
			.bind("holidays", daysOff.holidays().stream().map(Holiday::name).toArray(String[]::new))
			.bind("fromDay", daysOff.from())
			.bind("toDay", daysOff.to())
			.then();
	}

	record Row(int year, String name, String[] holidays, LocalDate fromDay, LocalDate toDay) {

		DaysOff daysOff() {
			return new DaysOff(this.name, Stream.of(this.holidays).map(Holiday::valueOf).toList(), this.fromDay,
					this.toDay);
		}

	}

}
