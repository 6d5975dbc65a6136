package cn.qingfeng.quiz.attempt;

import cn.qingfeng.contract.admin.model.WrittenAnswer;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface ShortAnswerMapper {

	@Mapping(target = "parts", source = "key.parts")
	@Mapping(target = "machinePercent", source = ".")
	WrittenAnswer answer(ShortAnswer answer);

	default Integer machinePercent(ShortAnswer answer) {
		return answer.machinePercent();
	}

}
