package cn.qingfeng.quiz.attempt;

import java.time.Duration;
import java.util.UUID;

import cn.qingfeng.platform.security.ShortWay;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Papers, for the minute in which everybody opens the quiz.
 */
@Component
class PaperShortWay implements ShortWay {

	private static final AttemptPath PAPER = new AttemptPath("/paper");

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Sheets sheets;

	PaperShortWay(Sheets sheets) {
		this.sheets = sheets;
	}

	@Override
	public String name() {
		return "paper";
	}

	@Override
	public boolean isFor(HttpMethod method, String path) {
		return method == HttpMethod.GET && PAPER.matches(path);
	}

	@Override
	public Mono<Answer> answer(String path, UUID memberId) {
		return Mono.justOrEmpty(PAPER.id(path))
			.flatMap(this::sheet)
			.filter((sheet) -> sheet.attempt().memberId().equals(memberId))
			.map((sheet) -> new Answer(sheet.prepared().json(), sheet.prepared().etag()));
	}

	private Mono<Sheet> sheet(UUID attemptId) {
		return Mono.justOrEmpty(this.sheets.inMemory(attemptId))
			.switchIfEmpty(Mono.defer(() -> this.sheets.any(attemptId).timeout(PATIENCE)));
	}

}
