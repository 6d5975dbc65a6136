package cn.qingfeng.quiz.bank;

import cn.qingfeng.contract.admin.model.QuestionBank;
import org.mapstruct.Mapper;

@Mapper
interface BankMapper {

	QuestionBank bank(Bank bank);

	cn.qingfeng.contract.admin.model.Question question(Question question);

	default String source(Source source) {
		return source.text();
	}

}
