package cn.qingfeng.quiz.bank;

import cn.qingfeng.contract.admin.model.DocumentEdition;
import cn.qingfeng.contract.admin.model.QuestionBank;
import cn.qingfeng.contract.admin.model.QuestionState;
import cn.qingfeng.platform.web.ContractMapping;
import cn.qingfeng.quiz.bank.KeptQuestion.State;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface BankMapper {

	QuestionBank bank(Bank bank);

	@Mapping(target = "id", source = "question.id")
	@Mapping(target = "kind", source = "question.kind")
	@Mapping(target = "stem", source = "question.stem")
	@Mapping(target = "options", source = "question.options")
	@Mapping(target = "answer", source = "question.answer")
	@Mapping(target = "parts", source = "question.parts")
	@Mapping(target = "explanation", source = "question.explanation")
	@Mapping(target = "source", source = "question.source")
	@Mapping(target = "document", source = "question.source.document")
	@Mapping(target = "clause", source = "question.source.clause")
	@Mapping(target = "difficulty", source = "question.difficulty")
	@Mapping(target = "tags", source = "question.tags")
	@Mapping(target = "state", source = ".")
	cn.qingfeng.contract.admin.model.Question kept(KeptQuestion question);

	DocumentEdition edition(Edition edition);

	QuestionContent content(cn.qingfeng.contract.admin.model.QuestionContent content);

	@Nullable State state(@Nullable QuestionState state);

	@Nullable QuestionKind kind(cn.qingfeng.contract.admin.model.@Nullable QuestionKind kind);

	default QuestionState state(KeptQuestion question) {
		return QuestionState.valueOf(question.state().name());
	}

	default String source(Source source) {
		return source.text();
	}

}
