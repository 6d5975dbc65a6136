package cn.qingfeng.seeds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionBankTests {

	private static final Set<String> FIELDS = Set.of("key", "kind", "stem", "options", "answer", "explanation",
			"source", "difficulty", "tags");

	/** Banks on a party regulation: each explanation says where the reader finds it. */
	private static final Set<String> CITED = Set.of("discipline-2023", "eight-point-rules", "integrity-code",
			"member-rights");

	private static final String NUMBERED = "第[一二三四五六七八九十百零]+[条章编]";

	private static final String CITATION = "条例|准则|八项规定|实施细则|导语|《|" + NUMBERED;

	/** A closing reference such as 见条例第八条。 */
	private static final Pattern REFERENCE = Pattern.compile("见(?:条例|准则|《[^》]+》)(" + NUMBERED + ")");

	/** Every reader sees the options in another order. */
	private static final String BY_POSITION = "[前后][两二三四]项|选项 ?[A-Ea-e]|[A-E]项";

	private final List<JsonNode> banks = SeedFiles.files("question-banks", "yaml")
		.stream()
		.map((file) -> SeedFiles.yaml("question-banks/" + file.getFileName()))
		.toList();

	private final List<JsonNode> questions = this.banks.stream()
		.flatMap((bank) -> SeedFiles.items(bank.path("questions")).stream())
		.toList();

	@Test
	void thereAreEnoughQuestions() {
		assertThat(this.banks).hasSize(8);
		assertThat(this.questions).hasSizeGreaterThanOrEqualTo(400);
	}

	@Test
	void banksNameTheirDocumentAndTheirKeysAreUnique() {
		Set<String> keys = new HashSet<>();
		for (JsonNode bank : this.banks) {
			String key = bank.path("key").asString();
			SeedFiles.assertFields("bank " + key, bank,
					Set.of("key", "title", "document", "version", "description", "source", "questions"), Set.of());
			assertThat(SeedFiles.root().resolve("question-banks/" + key + ".yaml")).exists();
			assertThat(SeedFiles.keys(bank.path("questions"))).allMatch((question) -> question.startsWith(key + "-"))
				.allMatch(keys::add);
		}
	}

	@Test
	void everyQuestionIsWhole() {
		for (JsonNode question : this.questions) {
			String key = question.path("key").asString();
			SeedFiles.assertFields(key, question, FIELDS, Set.of());
			SeedFiles.assertFields("source of " + key, question.path("source"), Set.of("document", "clause"), Set.of());
			assertThat(question.path("difficulty").asInt()).as("difficulty of %s", key).isBetween(1, 3);
			assertThat(question.path("tags").size()).as("tags of %s", key).isBetween(1, 4);
			assertThat(question.path("stem").asString()).as("stem of %s", key).hasSizeBetween(8, 160).matches(".*[？。]");
			String explanation = question.path("explanation").asString();
			assertThat(explanation).as("explanation of %s", key).hasSizeBetween(25, 240).endsWith("。");
			assertThat(explanation.chars().filter((character) -> "。；？！".indexOf(character) >= 0).count())
				.as("explanation of %s has two or three sentences", key)
				.isBetween(1L, 5L);
		}
	}

	@Test
	void explanationsOfRegulationsNameTheirDocument() {
		for (JsonNode bank : this.banks) {
			if (!CITED.contains(bank.path("key").asString())) {
				continue;
			}
			for (JsonNode question : bank.path("questions")) {
				String key = question.path("key").asString();
				String explanation = question.path("explanation").asString();
				assertThat(explanation).as("explanation of %s", key).containsPattern(CITATION);
				assertThat(explanation.chars().filter((character) -> "。；？！".indexOf(character) >= 0).count())
					.as("sentences explaining %s", key)
					.isGreaterThanOrEqualTo(2);
			}
		}
	}

	@Test
	void explanationsReferToTheClauseOfTheSource() {
		for (JsonNode question : this.questions) {
			Matcher reference = REFERENCE.matcher(question.path("explanation").asString());
			while (reference.find()) {
				assertThat(question.path("source").path("clause").asString())
					.as("clause of %s", question.path("key").asString())
					.contains(reference.group(1));
			}
		}
	}

	@Test
	void explanationsDoNotCountOptions() {
		for (JsonNode question : this.questions) {
			assertThat(question.path("explanation").asString()).as("explanation of %s", question.path("key").asString())
				.doesNotContainPattern(BY_POSITION);
		}
	}

	@Test
	void everyBankAsksInAllThreeWays() {
		for (JsonNode bank : this.banks) {
			String key = bank.path("key").asString();
			assertThat(ofKind(bank, "MULTIPLE").size() * 100 / bank.path("questions").size())
				.as("share of several keys in %s", key)
				.isGreaterThanOrEqualTo(CITED.contains(key) ? 15 : 5);
			assertThat(ofKind(bank, "TRUE_FALSE")).as("statements in %s", key)
				.extracting((question) -> question.path("answer").get(0).asString())
				.contains("a", "b");
		}
	}

	@Test
	void theKeyIsAmongTheOptions() {
		for (JsonNode question : this.questions) {
			String key = question.path("key").asString();
			List<String> options = optionKeys(question);
			List<String> answer = SeedFiles.strings(question.path("answer"));
			assertThat(options).as("options of %s", key)
				.isEqualTo(List.of("a", "b", "c", "d", "e").subList(0, options.size()));
			assertThat(optionTexts(question)).as("options of %s", key)
				.doesNotHaveDuplicates()
				.allMatch((text) -> !text.isBlank() && text.length() <= 60)
				.noneMatch((text) -> text.contains("以上") && (text.contains("都") || text.contains("均")));
			assertThat(options).containsAll(answer);
			assertThat(answer).as("key of %s", key).isSorted().doesNotHaveDuplicates();
			switch (question.path("kind").asString()) {
				case "SINGLE" -> {
					assertThat(options).as("options of %s", key).hasSize(4);
					assertThat(answer).as("key of %s", key).hasSize(1);
				}
				case "MULTIPLE" -> {
					assertThat(options).as("options of %s", key).hasSizeBetween(4, 5);
					assertThat(answer).as("key of %s", key).hasSizeBetween(2, 4);
				}
				case "TRUE_FALSE" -> {
					assertThat(optionTexts(question)).as("options of %s", key).containsExactly("正确", "错误");
					assertThat(answer).as("key of %s", key).hasSize(1);
				}
				default -> throw new AssertionError("unknown kind of " + key);
			}
		}
	}

	@Test
	void theKeysPositionIsEvenlySpread() {
		for (JsonNode bank : this.banks) {
			List<JsonNode> singles = ofKind(bank, "SINGLE");
			Map<String, Long> positions = singles.stream()
				.collect(Collectors.groupingBy((question) -> question.path("answer").get(0).asString(),
						Collectors.counting()));
			long fair = singles.size() / 4;
			for (String position : List.of("a", "b", "c", "d")) {
				assertThat(positions.getOrDefault(position, 0L)).as("key %s in %s", position, bank.path("key"))
					.isBetween(fair - 1, fair + 2);
			}
		}
		List<JsonNode> statements = this.questions.stream()
			.filter((question) -> "TRUE_FALSE".equals(question.path("kind").asString()))
			.toList();
		long right = statements.stream()
			.filter((question) -> "a".equals(question.path("answer").get(0).asString()))
			.count();
		assertThat(right * 100 / statements.size()).as("share of true statements").isBetween(25L, 65L);
	}

	@Test
	void theLongestOptionIsNotUsuallyTheKey() {
		for (JsonNode bank : this.banks) {
			List<JsonNode> singles = ofKind(bank, "SINGLE");
			long longest = singles.stream().filter(QuestionBankTests::keyAloneIsLongest).count();
			assertThat(longest * 100 / singles.size()).as("keys that stick out in %s", bank.path("key"))
				.isLessThanOrEqualTo(40);
		}
	}

	@Test
	void noTwoQuestionsAreNearlyTheSame() {
		Map<String, Set<String>> pairs = new HashMap<>();
		for (JsonNode question : this.questions) {
			pairs.put(question.path("key").asString(), pairsOf(question));
		}
		List<String> keys = new ArrayList<>(pairs.keySet());
		List<String> alike = new ArrayList<>();
		for (int i = 0; i < keys.size(); i++) {
			for (int j = i + 1; j < keys.size(); j++) {
				if (likeness(pairs.get(keys.get(i)), pairs.get(keys.get(j))) > 0.6) {
					alike.add(keys.get(i) + " ~ " + keys.get(j));
				}
			}
		}
		assertThat(alike).isEmpty();
	}

	private static List<JsonNode> ofKind(JsonNode bank, String kind) {
		return SeedFiles.items(bank.path("questions"))
			.stream()
			.filter((question) -> kind.equals(question.path("kind").asString()))
			.toList();
	}

	private static List<String> optionKeys(JsonNode question) {
		return SeedFiles.items(question.path("options"))
			.stream()
			.map((option) -> option.path("key").asString())
			.toList();
	}

	private static List<String> optionTexts(JsonNode question) {
		return SeedFiles.items(question.path("options"))
			.stream()
			.map((option) -> option.path("text").asString())
			.toList();
	}

	private static boolean keyAloneIsLongest(JsonNode question) {
		List<String> texts = optionTexts(question);
		int answer = optionKeys(question).indexOf(question.path("answer").get(0).asString());
		int length = texts.get(answer).length();
		return texts.stream().filter((text) -> text.length() >= length).count() == 1;
	}

	/** Neighbouring characters of the stem and the keyed options. */
	private static Set<String> pairsOf(JsonNode question) {
		List<String> answer = SeedFiles.strings(question.path("answer"));
		String text = question.path("stem").asString();
		for (JsonNode option : question.path("options")) {
			if (answer.contains(option.path("key").asString())) {
				text += option.path("text").asString();
			}
		}
		text = text.replaceAll("[\\p{Punct}\\p{IsPunctuation}\\s]", "");
		Set<String> pairs = new HashSet<>();
		for (int i = 0; i + 1 < text.length(); i++) {
			pairs.add(text.substring(i, i + 2));
		}
		return pairs;
	}

	private static double likeness(Set<String> left, Set<String> right) {
		Set<String> common = new HashSet<>(left);
		common.retainAll(right);
		return (double) common.size() / (left.size() + right.size() - common.size());
	}

}
