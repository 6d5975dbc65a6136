package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.platform.security.ShortWay;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Papers that this node has drawn, for the minute in which everybody opens the quiz.
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
	public Mono<Answer> answer(String path, UUID memberId) {
		return Mono.justOrEmpty(PAPER.id(path)
			.flatMap(this.sheets::inMemory)
			.filter((sheet) -> sheet.attempt().memberId().equals(memberId))
			.map((sheet) -> new Answer(sheet.prepared().json(), sheet.prepared().etag())));
	}

}
