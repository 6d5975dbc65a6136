package cn.qingfeng.local;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.qingfeng.member.privacy.IdNumber;

/**
 * Invented people as a table of the kind that a unit keeps of its own. What they have
 * looks like nobody else's.
 */
record Roster(List<Person> people) {

	private static final String BOUNDARY = "----qingfeng";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	Roster {
		people = List.copyOf(people);
	}

	static Roster of(int size) {
		return new Roster(IntStream.range(0, size).mapToObj(Person::of).toList());
	}

	/** Its preview is asked for with this. */
	HttpRequest upload(URI server, String token, String unit) {
		return HttpRequest.newBuilder(server.resolve("/api/admin/v1/members/imports"))
			.timeout(PATIENCE)
			.header("authorization", "Bearer " + token)
			.header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
			.POST(BodyPublishers.ofString("""
					--%1$s\r
					Content-Disposition: form-data; name="file"; filename="roster.csv"\r
					Content-Type: text/csv\r
					\r
					%2$s\r
					--%1$s--\r
					""".formatted(BOUNDARY, table(unit))))
			.build();
	}

	private String table(String unit) {
		return this.people.stream()
			.map((person) -> String.join(",", person.number(), person.name(), person.phone(), unit, person.idNumber()))
			.collect(Collectors.joining("\n", "\ufeff编号,姓名,手机,单位,身份证号\n", "\n"));
	}

	/**
	 * Somebody of the roster.
	 */
	record Person(String number, String name, String phone, String idNumber) {

		private static final String DIGITS = "零一二三四五六七八九";

		private static final LocalDate EARLIEST = LocalDate.of(1963, 2, 14);

		private static final int A_DAY = 900;

		static Person of(int n) {
			return new Person("鲸%05d".formatted(n), "鲸" + spelled(n) + "鲲", "1861%07d".formatted(4_377_000 + n),
					idNumber(n));
		}

		private static String spelled(int n) {
			return "%04d".formatted(n)
				.chars()
				.mapToObj((digit) -> DIGITS.substring(digit - '0', digit - '0' + 1))
				.collect(Collectors.joining());
		}

		private static String idNumber(int n) {
			String birthday = EARLIEST.plusDays(n / A_DAY).format(DateTimeFormatter.BASIC_ISO_DATE);
			return "0123456789X".chars()
				.mapToObj((check) -> "370285%s%03d%c".formatted(birthday, n % A_DAY, check))
				.filter((candidate) -> IdNumber.parse(candidate).isPresent())
				.findFirst()
				.orElseThrow();
		}

	}

}
