package cn.qingfeng.quiz.bank;

import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.contract.admin.model.QuestionPage;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.quiz.bank.QuestionShelf.Wanted;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Pages of questions as the contract writes them.
 */
@Component
class QuestionPages {

	private static final UUID FIRST = new UUID(0, 0);

	private final QuestionShelf shelf;

	private final BankMapper mapper;

	QuestionPages(QuestionShelf shelf, BankMapper mapper) {
		this.shelf = shelf;
		this.mapper = mapper;
	}

	Mono<QuestionPage> page(Wanted wanted, Integer limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, UUID.class);
		int size = Page.limit(limit);
		return this.shelf.page(wanted, after.map((keys) -> keys.get(0, UUID.class)).orElse(FIRST), size + 1)
			.map((rows) -> Page.of(rows, size, (last) -> Cursor.encode(last.question().id())))
			.map(this::body);
	}

	private QuestionPage body(Page<KeptQuestion> page) {
		QuestionPage body = new QuestionPage();
		body.setItems(page.items().stream().map(this.mapper::kept).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

}
