package cn.qingfeng.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import cn.qingfeng.platform.time.BusinessTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was answered with success is there after {@code kill -9} of the server, and of the
 * databases that die with it.
 */
class KilledServerIT {

	@TempDir
	Path folder;

	@Test
	void noSavedAnswerIsLostWhenTheServerIsKilledBetweenTwo() throws IOException, InterruptedException {
		String token;
		String attempt;
		List<String> questions;
		try (LocalProcess first = LocalProcess.start(this.folder)) {
			Api api = Api.of(first);
			api.publishIssue(YearMonth.now(Clock.system(BusinessTime.ZONE)).toString());
			token = api.member("李航", "13000000002");
			JsonNode paper = startPaper(api, token);
			attempt = "/api/v1/attempts/" + paper.get("id").asString();
			questions = ids(paper.get("questions"));
			for (String question : questions.subList(0, 10)) {
				save(api, token, attempt, question);
			}
			first.kill();
			assertThat(first.leavesNothing()).isTrue();
		}
		try (LocalProcess second = LocalProcess.start(this.folder)) {
			Api api = Api.of(second);
			JsonNode resumed = api.get(token, attempt);
			assertThat(resumed.get("answers").propertyNames())
				.containsExactlyInAnyOrderElementsOf(questions.subList(0, 10));
			assertThat(ids(resumed.get("questions"))).isEqualTo(questions);
			for (String question : questions.subList(10, questions.size())) {
				save(api, token, attempt, question);
			}
			JsonNode result = api.post(token, attempt + "/submission", null);
			assertThat(api.get(token, attempt).get("result").get("score")).isEqualTo(result.get("score"));
		}
	}

	private static JsonNode startPaper(Api api, String token) throws IOException, InterruptedException {
		String quiz = api.get(token, "/api/v1/quizzes?state=open").get("items").get(0).get("id").asString();
		return api.post(token, "/api/v1/quizzes/" + quiz + "/attempts", null);
	}

	private static void save(Api api, String token, String attempt, String question)
			throws IOException, InterruptedException {
		JsonNode options = optionsOf(api.get(token, attempt), question);
		api.put(token, attempt + "/answers/" + question,
				Map.of("optionIds", List.of(options.get(0).get("id").asString())));
	}

	private static JsonNode optionsOf(JsonNode paper, String question) {
		for (JsonNode candidate : paper.get("questions")) {
			if (candidate.get("id").asString().equals(question)) {
				return candidate.get("options");
			}
		}
		throw new AssertionError("no question " + question);
	}

	private static List<String> ids(JsonNode questions) {
		List<String> ids = new ArrayList<>();
		questions.forEach((question) -> ids.add(question.get("id").asString()));
		return ids;
	}

}
