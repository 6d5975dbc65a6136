package cn.qingfeng.quiz.attempt;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.contract.member.model.Quiz;
import cn.qingfeng.platform.web.ContractMapping;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.PublishedRound;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface AttemptMapper {

	@Mapping(target = "options", expression = "java(options(question))")
	cn.qingfeng.contract.member.model.PaperQuestion question(PaperQuestion question);

	default List<cn.qingfeng.contract.member.model.PaperOption> options(PaperQuestion question) {
		Iterator<String> names = question.optionIds().iterator();
		return question.options()
			.stream()
			.map((option) -> new cn.qingfeng.contract.member.model.PaperOption(names.next(), option.text()))
			.toList();
	}

	cn.qingfeng.contract.member.model.ReviewedQuestion reviewed(MarkedAttempt.ReviewedQuestion question);

	@Mapping(target = "state", ignore = true)
	@Mapping(target = "total", ignore = true)
	@Mapping(target = "questionCount", ignore = true)
	@Mapping(target = "attemptsUsed", ignore = true)
	@Mapping(target = "openAttemptId", ignore = true)
	@Mapping(target = "bestScore", ignore = true)
	Quiz quiz(PublishedRound round);

	default UUID id(RoundId id) {
		return id.value();
	}

}
