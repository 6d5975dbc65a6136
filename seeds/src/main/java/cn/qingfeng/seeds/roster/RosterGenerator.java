package cn.qingfeng.seeds.roster;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Makes the fictional roster that demonstrations, tests and benches share. A person
 * depends only on a fixed seed and their place in the roster, so a longer roster begins
 * with the shorter one, and {@code roster/members.csv} holds its first 200 people.
 */
public final class RosterGenerator {

	/** More people would run out of the fictional phone numbers 1300000xxxx. */
	public static final int LIMIT = 9_999;

	private static final long SEED = 20_261_122L;

	private static final long FIRST_PHONE = 13_000_000_000L;

	private static final LocalDate EARLIEST_JOINING = LocalDate.of(1984, 7, 1);

	private static final LocalDate LATEST_JOINING = LocalDate.of(2025, 12, 31);

	/** Usual surnames, each as often as it stands here. */
	private static final String SURNAMES = "王王王王王王王李李李李李李李张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨赵赵赵孙孙孙于于于姜姜"
			+ "徐徐徐宋宋周周吴吴马马胡胡朱朱郭郭林林高高何何梁梁郑郑谢韩韩唐冯冯董董程曹袁邓许傅沈曾彭吕吕苏卢蒋蔡贾丁丁魏薛叶阎余潘杜戴夏"
			+ "钟汪田任任姚姚方石邹熊孔崔崔康毛邱秦史侯侯邵孟孟龙万段钱汤尹黎易常武乔贺赖龚文左左迟迟展解解矫";

	private static final String GIVEN_FIRST = "建国志永文晓明海春秀玉金淑桂红丽艳秋冬雪立振德新庆华俊少宗兆云承成炳洪培世学守维绍"
			+ "佳雨思子梓若一嘉宇浩天泽书怡清心可安诗语亦家启望景凌予昱彦沛锦知";

	private static final String GIVEN_SECOND = "平伟民芳英兰敏静霞娟燕玲梅萍杰磊涛超鹏辉斌勇刚宁波峰林森东生山峻松岩堂善良谦和义诚"
			+ "远轩涵然琪瑶妍彤航凯睿哲博晨阳昊宸琳菲萱洁雯悦欣蕾源霖";

	/** Unit keys and roughly how many members each has. */
	private static final String UNIT_WEIGHTS = """
			city-organs 18; discipline-inspection 90; party-office 50; organisation-department 28;
			publicity-department 28; united-front 28; political-legal 28; social-work 28;
			establishment-office 28; inspection-office 28; veteran-cadres 28; petitions 28;
			peoples-congress 36; government-office 60; consultative-conference 36; development-reform 36;
			education-sports 70; science-technology 36; industry-information 36; public-security 320;
			traffic-police 110; civil-affairs 35; justice 55; finance 70;
			human-resources 75; natural-resources 90; housing-construction 80; urban-management 120;
			transport 80; water-affairs 70; agriculture-rural 90; commerce 36;
			culture-tourism 36; health 60; veterans-affairs 36; emergency 45;
			audit 36; administrative-approval 60; market-supervision 130; statistics 36;
			medical-insurance 36; trade-unions 14; youth-league 14; women-federation 14;
			science-association 14; industry-commerce 14; disabled-federation 14; red-cross 14;
			literary-federation 14; court 110; procuratorate 90; taxation 150;
			meteorology 30; survey-team 30; tobacco 30; fire-rescue 30;
			ecology 30; power-supply 90; post 30; financial-regulation 30;
			party-school 40; media-centre 60; archives 26; party-history 26;
			supply-marketing 26; organ-affairs 26; disease-control 60; peoples-hospital 260;
			chinese-medicine-hospital 110; maternal-child 70; library 26; culture-centre 26;
			first-high-school 140; vocational-school 90; sanitation 60; urban-investment 80;
			water-group 70; bus-company 70; state-assets 40; grain-reserve 40;
			tourism-group 40; heating 50
			""";

	/** Posts in a party branch and how many of a thousand members hold each. */
	private static final Map<Integer, String> POSTS = Map.of(35, "党支部书记", 50, "党支部副书记", 80, "组织委员", 110, "宣传委员", 140,
			"纪检委员");

	private static final NavigableMap<Integer, String> UNITS = cumulated();

	private static final NavigableMap<Integer, String> POSITIONS = new TreeMap<>(POSTS);

	private RosterGenerator() {
	}

	public static List<RosterPerson> generate(int count) {
		if (count < 0 || count > LIMIT) {
			throw new IllegalArgumentException("count must be between 0 and " + LIMIT + ", was " + count);
		}
		List<RosterPerson> people = new ArrayList<>(count);
		for (int place = 1; place <= count; place++) {
			people.add(person(place));
		}
		return List.copyOf(people);
	}

	private static RosterPerson person(int place) {
		Random random = new Random(SEED * 31 + place * 0x9E3779B97F4A7C15L);
		String name = name(random);
		String unitKey = unit(place, random);
		@Nullable String position = position(random);
		return new RosterPerson("D%05d".formatted(place), name, Long.toString(FIRST_PHONE + place), unitKey, position,
				joinedOn(random));
	}

	private static String name(Random random) {
		char surname = pick(SURNAMES, random);
		char second = pick(GIVEN_SECOND, random);
		if (random.nextInt(100) < 12) {
			return "" + surname + second;
		}
		return "" + surname + pick(GIVEN_FIRST, random) + second;
	}

	/**
	 * The first people go round all units, so that even a short roster leaves none empty.
	 */
	private static String unit(int place, Random random) {
		int weight = random.nextInt(UNITS.lastKey());
		if (place <= UNITS.size()) {
			return List.copyOf(UNITS.values()).get(place - 1);
		}
		return UNITS.higherEntry(weight).getValue();
	}

	private static @Nullable String position(Random random) {
		Map.@Nullable Entry<Integer, String> post = POSITIONS.higherEntry(random.nextInt(1_000));
		return (post != null) ? post.getValue() : null;
	}

	private static LocalDate joinedOn(Random random) {
		long days = LATEST_JOINING.toEpochDay() - EARLIEST_JOINING.toEpochDay();
		return EARLIEST_JOINING.plusDays(random.nextInt((int) days + 1));
	}

	private static char pick(String characters, Random random) {
		return characters.charAt(random.nextInt(characters.length()));
	}

	private static NavigableMap<Integer, String> cumulated() {
		NavigableMap<Integer, String> units = new TreeMap<>();
		int sum = 0;
		for (String entry : UNIT_WEIGHTS.strip().split(";\\s*")) {
			String[] keyAndWeight = entry.split(" ");
			sum += Integer.parseInt(keyAndWeight[1]);
			units.put(sum, keyAndWeight[0]);
		}
		return units;
	}

}
