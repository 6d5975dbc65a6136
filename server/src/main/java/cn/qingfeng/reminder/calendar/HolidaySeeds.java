package cn.qingfeng.reminder.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The statutory tables of the starting content.
 */
@Component
@Order(20)
class HolidaySeeds implements SeedLoader {

	private static final String FOLDER = "holidays";

	private final StatutoryHolidays holidays;

	HolidaySeeds(StatutoryHolidays holidays) {
		this.holidays = holidays;
	}

	@Override
	public String name() {
		return FOLDER;
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		return Flux.fromIterable(seeds.list(FOLDER, "yaml"))
			.map((path) -> seeds.yaml(path, Year.class))
			.concatMap(this::insert)
			.then();
	}

	private Mono<Void> insert(Year year) {
		return Flux.fromIterable(year.periods())
			.concatMap((period) -> this.holidays.insert(year.year(), period.daysOff()))
			.then();
	}

	record Year(int year, Map<String, String> source, List<Period> periods) {

	}

	record Period(String name, List<Holiday> holidays, LocalDate from, LocalDate to, int days,
			List<LocalDate> workdays) {

		DaysOff daysOff() {
			return new DaysOff(this.name, this.holidays, this.from, this.to);
		}

	}

}
