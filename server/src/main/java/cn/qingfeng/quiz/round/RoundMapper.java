package cn.qingfeng.quiz.round;

import java.util.UUID;

import cn.qingfeng.contract.admin.model.QuizRule;
import cn.qingfeng.contract.admin.model.QuizSummary;
import cn.qingfeng.platform.web.ContractMapping;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundSummary;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface RoundMapper {

	QuizSummary summary(RoundSummary round);

	QuizRule rule(Rule rule);

	default UUID id(RoundId id) {
		return id.value();
	}

}
