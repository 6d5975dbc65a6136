package cn.qingfeng.content.reading;

import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.content.issue.IssueStore;
import cn.qingfeng.content.issue.MonthlyIssue;
import cn.qingfeng.content.issue.Months;
import cn.qingfeng.contract.member.IssuesApi;
import cn.qingfeng.contract.member.model.Issue;
import cn.qingfeng.contract.member.model.IssuePage;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundState;
import cn.qingfeng.quiz.Rounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class IssueReadingController implements IssuesApi {

	private final IssueStore issues;

	private final ReadingRoom room;

	private final Rounds rounds;

	private final IssueReadingMapper mapper;

	IssueReadingController(IssueStore issues, ReadingRoom room, Rounds rounds, IssueReadingMapper mapper) {
		this.issues = issues;
		this.room = room;
		this.rounds = rounds;
		this.mapper = mapper;
	}

	@Override
	public Mono<ResponseEntity<IssuePage>> listIssues(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		String before = Cursor.decode(cursor, String.class).map((after) -> after.get(0, String.class)).orElse(null);
		return this.issues.newest(true, before, size + 1)
			.map((rows) -> Page.of(rows, size, (issue) -> Cursor.encode(issue.month())))
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Issue>> getIssue(String month, ServerWebExchange exchange) {
		return this.issues.published(Months.of(month))
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.flatMap(this::complete)
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	private Mono<PublishedIssue> complete(MonthlyIssue issue) {
		return this.room.inOrder(issue.articles())
			.map((articles) -> new PublishedIssue(issue.month().toString(), issue.title(),
					Objects.requireNonNull(issue.publishedAt()), articles, null))
			.flatMap((published) -> quiz(issue)
				.map((quiz) -> new PublishedIssue(published.month(), published.title(), published.publishedAt(),
						published.articles(), quiz))
				.defaultIfEmpty(published));
	}

	private Mono<PublishedIssue.QuizName> quiz(MonthlyIssue issue) {
		UUID quiz = issue.quiz();
		return (quiz != null) ? this.rounds.find(new RoundId(quiz))
			.filter((round) -> round.state() == RoundState.PUBLISHED)
			.map((round) -> new PublishedIssue.QuizName(round.id().value(), round.title())) : Mono.empty();
	}

}
