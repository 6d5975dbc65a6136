package cn.qingfeng.quiz.attempt;

import java.util.Optional;
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
	public Optional<Answer> atHand(String path, UUID memberId) {
		return PAPER.id(path).flatMap(this.sheets::inMemory).flatMap((sheet) -> answer(sheet, memberId));
	}

	@Override
	public Mono<Answer> answer(String path, UUID memberId) {
		return Mono.justOrEmpty(PAPER.id(path))
			.flatMap(this.sheets::any)
			.flatMap((sheet) -> Mono.justOrEmpty(answer(sheet, memberId)));
	}

	private static Optional<Answer> answer(Sheet sheet, UUID memberId) {
		return sheet.attempt().memberId().equals(memberId)
				? Optional.of(new Answer(sheet.prepared().json(), sheet.prepared().etag())) : Optional.empty();
	}

}
