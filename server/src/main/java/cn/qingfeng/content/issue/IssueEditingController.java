package cn.qingfeng.content.issue;

import java.time.YearMonth;
import java.util.function.Supplier;

import cn.qingfeng.content.review.ReviewAnswers;
import cn.qingfeng.contract.admin.IssuesApi;
import cn.qingfeng.contract.admin.model.Issue;
import cn.qingfeng.contract.admin.model.IssueContent;
import cn.qingfeng.contract.admin.model.IssueDraft;
import cn.qingfeng.contract.admin.model.IssuePage;
import cn.qingfeng.contract.admin.model.ReviewChain;
import cn.qingfeng.contract.admin.model.ReviewRequest;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.Versions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class IssueEditingController implements IssuesApi {

	private final IssueEditing editing;

	private final IssueStore issues;

	private final IssueView.Reader views;

	private final ReviewAnswers reviewAnswers;

	private final IssueMapper mapper;

	private final Idempotency idempotency;

	IssueEditingController(IssueEditing editing, IssueStore issues, IssueView.Reader views, ReviewAnswers reviewAnswers,
			IssueMapper mapper, Idempotency idempotency) {
		this.editing = editing;
		this.issues = issues;
		this.views = views;
		this.reviewAnswers = reviewAnswers;
		this.mapper = mapper;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<IssuePage>> listIssues(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		String before = Cursor.decode(cursor, String.class).map((after) -> after.get(0, String.class)).orElse(null);
		return this.issues.newest(false, before, size + 1)
			.map((rows) -> Page.of(rows, size, (issue) -> Cursor.encode(issue.month())))
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Issue>> createIssue(Mono<IssueDraft> issueDraft, ServerWebExchange exchange) {
		return issueDraft.flatMap((draft) -> once(exchange, draft, HttpStatus.CREATED, () -> this.editing
			.create(YearMonth.parse(draft.getMonth()), draft.getTitle(), draft.getArticleIds(), draft.getQuizId())));
	}

	@Override
	public Mono<ResponseEntity<Issue>> getIssue(String month, ServerWebExchange exchange) {
		return answer(HttpStatus.OK, this.editing.existing(Months.of(month)));
	}

	@Override
	public Mono<ResponseEntity<Issue>> updateIssue(String month, String ifMatch, Mono<IssueContent> issueContent,
			ServerWebExchange exchange) {
		YearMonth of = Months.of(month);
		long version = Versions.of(ifMatch);
		return issueContent.flatMap((content) -> answer(HttpStatus.OK,
				this.editing.change(of, version, content.getTitle(), content.getArticleIds(), content.getQuizId())));
	}

	@Override
	public Mono<ResponseEntity<Issue>> submitIssue(String month, ServerWebExchange exchange) {
		return once(exchange, month, HttpStatus.OK, () -> this.editing.submit(Months.of(month)));
	}

	@Override
	public Mono<ResponseEntity<ReviewChain>> reviewIssue(String month, Mono<ReviewRequest> reviewRequest,
			ServerWebExchange exchange) {
		YearMonth of = Months.of(month);
		return reviewRequest.flatMap((request) -> this.idempotency.once(exchange, request, ReviewChain.class,
				this.editing.review(of, this.reviewAnswers.read(request))
					.flatMap(this.reviewAnswers::of)
					.map((chain) -> ResponseEntity.status(HttpStatus.CREATED).body(chain))));
	}

	@Override
	public Mono<ResponseEntity<ReviewChain>> getIssueReviewChain(String month, ServerWebExchange exchange) {
		return this.editing.chain(Months.of(month)).flatMap(this.reviewAnswers::of).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Issue>> publishIssue(String month, ServerWebExchange exchange) {
		return once(exchange, month, HttpStatus.OK, () -> this.editing.publish(Months.of(month)));
	}

	private Mono<ResponseEntity<Issue>> once(ServerWebExchange exchange, Object request, HttpStatus status,
			Supplier<Mono<MonthlyIssue>> work) {
		return this.idempotency.once(exchange, request, Issue.class, answer(status, Mono.defer(work)));
	}

	private Mono<ResponseEntity<Issue>> answer(HttpStatus status, Mono<MonthlyIssue> issue) {
		return issue.flatMap(this.views::complete)
			.map((view) -> ResponseEntity.status(status)
				.eTag(Versions.etag(view.issue().version()))
				.body(this.mapper.toContract(view)));
	}

}
