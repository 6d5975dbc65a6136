package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.platform.security.ShortWay;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Handing in, for the minute before a live contest ends.
 */
@Component
class SubmissionShortWay implements ShortWay {

	private static final AttemptPath SUBMISSION = new AttemptPath("/submission");

	private final Submissions submissions;

	SubmissionShortWay(Submissions submissions) {
		this.submissions = submissions;
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
			.flatMap((id) -> this.submissions.submit(id, memberId))
			.map((receipt) -> new Answer(receipt.json(), null));
	}

}
