package cn.qingfeng.wechat.portal;

import cn.qingfeng.contract.admin.WechatRepliesApi;
import cn.qingfeng.contract.admin.model.WechatReplies;
import cn.qingfeng.contract.admin.model.WechatReply;
import cn.qingfeng.platform.web.Versions;
import cn.qingfeng.wechat.WechatProperties;
import cn.qingfeng.wechat.portal.ReplyBook.Occasion;
import cn.qingfeng.wechat.portal.ReplyBook.Rule;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class ReplyController implements WechatRepliesApi {

	private final ReplyBooks books;

	private final WechatProperties properties;

	ReplyController(ReplyBooks books, WechatProperties properties) {
		this.books = books;
		this.properties = properties;
	}

	@Override
	public Mono<ResponseEntity<WechatReplies>> getWechatReplies(ServerWebExchange exchange) {
		return this.books.read().map(ReplyController::answer);
	}

	@Override
	public Mono<ResponseEntity<WechatReplies>> changeWechatReplies(String ifMatch, Mono<WechatReplies> wechatReplies,
			ServerWebExchange exchange) {
		long version = Versions.of(ifMatch);
		return wechatReplies.map(this::book)
			.flatMap((book) -> this.books.replace(version, book))
			.map(ReplyController::answer);
	}

	private ReplyBook book(WechatReplies replies) {
		ReplyBook book = new ReplyBook(replies.getReplies().stream().map(ReplyController::rule).toList(),
				replies.getMiniProgramToStaff());
		ReplyRules.check(book.rules(), this.properties::filled);
		return book;
	}

	private static Rule rule(WechatReply reply) {
		return new Rule(Occasion.valueOf(reply.getOccasion().name()), reply.getKeys(), reply.getText().strip());
	}

	private static ResponseEntity<WechatReplies> answer(ReplyBooks.Edition edition) {
		ReplyBook book = edition.book();
		return ResponseEntity.ok()
			.eTag(Versions.etag(edition.version()))
			.body(new WechatReplies(book.rules().stream().map(ReplyController::shown).toList(),
					book.miniProgramToStaff()));
	}

	private static WechatReply shown(Rule rule) {
		return new WechatReply(WechatReply.OccasionEnum.valueOf(rule.occasion().name()), rule.keys(), rule.text());
	}

}
