import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a quiz without its server: {@code java QuizCheck.java round.json attempt.json…}
 * <p>
 * {@code round.json} is {@code GET /api/v1/quizzes/{id}/proof}, each {@code attempt.json} is
 * {@code GET /api/v1/attempts/{id}/proof}; with {@code commitment.json}, which a member may have
 * saved before the round opened from {@code GET /api/v1/quizzes/{id}/commitment}, given as
 * {@code --commitment=commitment.json}, also that nothing was changed since. It draws each paper
 * again from the revealed seed, scores it and tells where the server says something else. One
 * file, no libraries, nothing shared with the server; needs a JDK of 17 or newer.
 * <p>
 * Auditors get all of a round in one file from {@code GET /api/admin/v1/quizzes/{id}/proofs}: save
 * it as {@code proofs.ndjson} and give it instead.
 * <p>
 * Ends with 0 when everything agrees, 1 when something does not, 2 when it cannot read a file.
 */
public final class QuizCheck {

	private static final int FULL_CREDIT = 1000;

	private final Map<String, Object> round;

	private final List<String> faults = new ArrayList<>();

	private QuizCheck(Map<String, Object> round) {
		this.round = round;
	}

	public static void main(String[] arguments) {
		try {
			System.exit(check(arguments));
		}
		catch (IOException | RuntimeException | GeneralSecurityException ex) {
			System.err.println("无法核对：" + ex);
			System.exit(2);
		}
	}

	private static int check(String[] arguments) throws IOException, GeneralSecurityException {
		List<String> files = new ArrayList<>();
		String commitment = null;
		for (String argument : arguments) {
			if (argument.startsWith("--commitment=")) {
				commitment = argument.substring("--commitment=".length());
			}
			else {
				files.add(argument);
			}
		}
		if (files.isEmpty()) {
			System.err.println("用法：java QuizCheck.java [--commitment=开考前保存的承诺.json] 活动证明.json 答卷证明.json …（或者 全部证明.ndjson）");
			return 2;
		}
		QuizCheck check = new QuizCheck(documents(files.get(0)).next());
		check.round();
		if (commitment != null) {
			check.commitment(documents(commitment).next());
		}
		int attempts = 0;
		for (String file : files) {
			Iterator<Map<String, Object>> documents = documents(file);
			for (int line = 1; documents.hasNext(); line++) {
				Map<String, Object> document = documents.next();
				if (document.containsKey("attemptId")) {
					check.attempt((line > 1) ? file + " 第 " + line + " 行" : file, document);
					attempts++;
				}
			}
		}
		check.faults.forEach((fault) -> System.out.println("不一致：" + fault));
		System.out.println(check.faults.isEmpty() ? "核对完成，全部一致，共 " + attempts + " 份答卷" : "核对完成，有不一致");
		return check.faults.isEmpty() ? 0 : 1;
	}

	/** The seed is the one whose hash was published, the pools are those of the published hash. */
	private void round() throws GeneralSecurityException {
		expect("种子与承诺", this.round.get("commitment"), sha256(seed()));
		StringBuilder lines = new StringBuilder();
		for (Map<String, Object> pool : objects(this.round, "pools")) {
			lines.append("pool ").append(number(pool, "count")).append('\n');
			for (Map<String, Object> question : objects(pool, "questions")) {
				lines.append(question.get("id")).append(' ').append(question.get("kind")).append(' ')
					.append(number(question, "options")).append('\n');
			}
		}
		expect("题目范围与承诺", this.round.get("poolsHash"), sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private void commitment(Map<String, Object> early) {
		expect("开考前的种子承诺", early.get("hash"), this.round.get("commitment"));
		expect("开考前的题目承诺", early.get("poolsHash"), this.round.get("poolsHash"));
	}

	private void attempt(String file, Map<String, Object> attempt) throws GeneralSecurityException {
		expect(file + " 的活动", this.round.get("quizId"), attempt.get("quizId"));
		Random random = new Random(seed(), UUID.fromString((String) attempt.get("memberId")), number(attempt, "number"));
		List<Map<String, Object>> questions = new ArrayList<>();
		for (Map<String, Object> pool : objects(this.round, "pools")) {
			questions.addAll(random.draw(number(pool, "count"), objects(pool, "questions")));
		}
		questions = random.draw(questions.size(), questions);
		List<Map<String, Object>> paper = objects(attempt, "paper");
		int right = 0;
		long credits = 0;
		boolean keyed = true;
		for (int place = 0; place < questions.size(); place++) {
			Map<String, Object> question = questions.get(place);
			List<String> options = options(question, random);
			Map<String, Object> told = (place < paper.size()) ? paper.get(place) : Map.of();
			expect(file + " 第 " + (place + 1) + " 题", question.get("id"), told.get("questionId"));
			expect(file + " 第 " + (place + 1) + " 题的选项", options, told.get("options"));
			keyed &= told.get("key") != null;
			int credit = keyed ? credit(question, told) : 0;
			right += (credit == FULL_CREDIT) ? 1 : 0;
			credits += credit;
		}
		expect(file + " 的题数", (long) questions.size(), (long) paper.size());
		if (!keyed) {
			System.out.println(file + "：试卷已核对；本期不公布答案，成绩不能核对");
			return;
		}
		expect(file + " 的答案版本", this.round.get("keyVersion"), attempt.get("keyVersion"));
		long score = 100L * credits / ((long) FULL_CREDIT * questions.size());
		expect(file + " 的答对题数", (long) right, attempt.get("correct"));
		expect(file + " 的成绩", score, attempt.get("score"));
		expect(file + " 的合格", score >= number(this.round, "passMark"), attempt.get("passed"));
		System.out.println(file + "：" + questions.size() + " 题答对 " + right + " 题，" + score + " 分");
	}

	/** Names of the options in the order of the paper. */
	private static List<String> options(Map<String, Object> question, Random random)
			throws GeneralSecurityException {
		List<Integer> places = new ArrayList<>();
		for (int option = 0; option < number(question, "options"); option++) {
			places.add(option);
		}
		if (!"TRUE_FALSE".equals(question.get("kind"))) {
			places = random.draw(places.size(), places);
		}
		List<String> options = new ArrayList<>();
		for (int place : places) {
			options.add(random.name(UUID.fromString((String) question.get("id")), place));
		}
		return options;
	}

	/** Thousandths of the question's marks. */
	private static int credit(Map<String, Object> question, Map<String, Object> told) {
		if (Boolean.TRUE.equals(question.get("everyoneRight"))) {
			return FULL_CREDIT;
		}
		if (told.get("mark") != null) {
			return number(told, "mark");
		}
		boolean blanks = "FILL_IN".equals(question.get("kind"));
		if (!blanks && !"SHORT".equals(question.get("kind"))) {
			boolean right = Set.copyOf((List<?>) told.get("chosen")).equals(Set.copyOf((List<?>) told.get("key")));
			return right ? FULL_CREDIT : 0;
		}
		return (told.get("text") != null) ? written(objects(told, "parts"), (String) told.get("text"), blanks) : 0;
	}

	/** In proportion to the weights of the blanks that are right, or of the keywords that are there. */
	private static int written(List<Map<String, Object>> parts, String text, boolean blanks) {
		String[] lines = text.split("\n", -1);
		int found = 0;
		int all = 0;
		for (int place = 0; place < parts.size(); place++) {
			int weight = number(parts.get(place), "weight");
			all += weight;
			String given = blanks ? ((place < lines.length) ? plain(lines[place]) : null) : plain(text);
			for (Object accepted : (List<?>) parts.get(place).get("accepted")) {
				String wanted = plain((String) accepted);
				if (given != null && (blanks ? given.equals(wanted) : given.contains(wanted))) {
					found += weight;
					break;
				}
			}
		}
		return FULL_CREDIT * found / all;
	}

	/** Width of letters, case, spaces and invisible characters do not count. */
	private static String plain(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)
			.replaceAll("[\\s\\p{Z}\\p{Cf}]+", "");
	}

	private void expect(String what, Object one, Object other) {
		if (one == null || !one.equals(other)) {
			this.faults.add(what + "：" + one + " ≠ " + other);
		}
	}

	private byte[] seed() {
		return HexFormat.of().parseHex((String) this.round.get("seed"));
	}

	private static String sha256(byte[] bytes) throws GeneralSecurityException {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	private static int number(Map<String, Object> of, String name) {
		return ((Long) of.get(name)).intValue();
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> objects(Map<String, Object> of, String name) {
		return (List<Map<String, Object>>) of.get(name);
	}

	/** The one document of a file, or those of its lines. */
	@SuppressWarnings("unchecked")
	private static Iterator<Map<String, Object>> documents(String file) throws IOException {
		Stream<String> texts = file.endsWith(".ndjson") ? Files.lines(Path.of(file))
				: Stream.of(Files.readString(Path.of(file)));
		return texts.map((text) -> (Map<String, Object>) new Json(text).value()).iterator();
	}

	/**
	 * The chance of one paper: k = HMAC-SHA256(seed, member ‖ number); numbers are the 32-bit words of
	 * HMAC(k, 0x01 ‖ 0), HMAC(k, 0x01 ‖ 1), … without those that would favour small results; names of options are,
	 * by fives, 6 bytes each of HMAC(k, 0x02 ‖ question ‖ five).
	 */
	private static final class Random {

		private final Mac mac;

		private ByteBuffer words = ByteBuffer.allocate(0);

		private long blocks;

		Random(byte[] seed, UUID member, int number) throws GeneralSecurityException {
			ByteBuffer paper = ByteBuffer.allocate(20);
			paper.putLong(member.getMostSignificantBits()).putLong(member.getLeastSignificantBits()).putInt(number);
			this.mac = mac(mac(seed).doFinal(paper.array()));
		}

		<T> List<T> draw(int count, List<T> from) {
			List<T> items = new ArrayList<>(from);
			for (int place = 0; place < count; place++) {
				Collections.swap(items, place, place + below(items.size() - place));
			}
			return new ArrayList<>(items.subList(0, count));
		}

		String name(UUID question, int option) {
			ByteBuffer of = ByteBuffer.allocate(21).put((byte) 2);
			of.putLong(question.getMostSignificantBits()).putLong(question.getLeastSignificantBits()).putInt(option / 5);
			int first = option % 5 * 6;
			byte[] name = Arrays.copyOfRange(this.mac.doFinal(of.array()), first, first + 6);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
		}

		private int below(int bound) {
			long all = 1L << 32;
			long word = word();
			while (word >= all - all % bound) {
				word = word();
			}
			return (int) (word % bound);
		}

		private long word() {
			if (!this.words.hasRemaining()) {
				ByteBuffer counter = ByteBuffer.allocate(9).put((byte) 1).putLong(this.blocks++);
				this.words = ByteBuffer.wrap(this.mac.doFinal(counter.array()));
			}
			return Integer.toUnsignedLong(this.words.getInt());
		}

		private static Mac mac(byte[] key) throws GeneralSecurityException {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac;
		}

	}

	/** Reads JSON of whole numbers. */
	private static final class Json {

		private final String text;

		private int at;

		Json(String text) {
			this.text = text;
		}

		Object value() {
			skip();
			char next = this.text.charAt(this.at);
			return switch (next) {
				case '{' -> object();
				case '[' -> array();
				case '"' -> string();
				case 't' -> word("true", true);
				case 'f' -> word("false", false);
				case 'n' -> word("null", null);
				default -> number();
			};
		}

		private Map<String, Object> object() {
			Map<String, Object> object = new HashMap<>();
			this.at++;
			while (!ends('}')) {
				String name = string();
				skip();
				this.at++;
				object.put(name, value());
			}
			return object;
		}

		private List<Object> array() {
			List<Object> array = new ArrayList<>();
			this.at++;
			while (!ends(']')) {
				array.add(value());
			}
			return array;
		}

		private boolean ends(char bracket) {
			skip();
			if (this.text.charAt(this.at) == ',') {
				this.at++;
				skip();
			}
			boolean ends = this.text.charAt(this.at) == bracket;
			this.at += ends ? 1 : 0;
			return ends;
		}

		private String string() {
			StringBuilder string = new StringBuilder();
			for (this.at++; this.text.charAt(this.at) != '"'; this.at++) {
				char next = this.text.charAt(this.at);
				if (next == '\\') {
					next = escaped();
				}
				string.append(next);
			}
			this.at++;
			return string.toString();
		}

		private char escaped() {
			char kind = this.text.charAt(++this.at);
			if (kind == 'u') {
				this.at += 4;
				return (char) Integer.parseInt(this.text.substring(this.at - 3, this.at + 1), 16);
			}
			int plain = "nrtbf".indexOf(kind);
			return (plain < 0) ? kind : "\n\r\t\b\f".charAt(plain);
		}

		private Object word(String word, Object value) {
			this.at += word.length();
			return value;
		}

		private Long number() {
			int from = this.at;
			while (this.at < this.text.length() && "-0123456789".indexOf(this.text.charAt(this.at)) >= 0) {
				this.at++;
			}
			return Long.valueOf(this.text.substring(from, this.at));
		}

		private void skip() {
			while (Character.isWhitespace(this.text.charAt(this.at))) {
				this.at++;
			}
		}

	}

}
