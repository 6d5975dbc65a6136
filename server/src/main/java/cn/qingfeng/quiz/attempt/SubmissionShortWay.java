package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.platform.security.ShortWay;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Handing in, for the minute before a live contest ends.
 */
@Component
class SubmissionShortWay implements ShortWay {

	private static final AttemptPath SUBMISSION = new AttemptPath("/submission");

	private final AttemptSubmitting submitting;

	private final AttemptBodies bodies;

	private final JsonMapper json;

	SubmissionShortWay(AttemptSubmitting submitting, AttemptBodies bodies, JsonMapper json) {
		this.submitting = submitting;
		this.bodies = bodies;
		this.json = json;
	}

	@Override
	public String name() {
		return "submission";
	}

	@Override
	public boolean isFor(HttpMethod method, String path) {
		return method == HttpMethod.POST && SUBMISSION.matches(path);
	}

	@Override
	public Mono<Answer> answer(String path, UUID memberId) {
		return Mono.justOrEmpty(SUBMISSION.id(path))
			.flatMap((id) -> this.submitting.submit(id, memberId))
			.map(this.bodies::result)
			.map((result) -> new Answer(this.json.writeValueAsBytes(result), null));
	}

}
