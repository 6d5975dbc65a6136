package cn.qingfeng.quiz.exchange;

import java.util.Locale;

import cn.qingfeng.contract.admin.model.ImportedQuestion;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface QuestionImportMapper {

	cn.qingfeng.contract.admin.model.QuestionImport questionImport(QuestionImport questionImport);

	ImportedQuestion question(DraftQuestion question);

	default cn.qingfeng.contract.admin.model.QuestionImport.FormatEnum format(QuestionFileFormat format) {
		return cn.qingfeng.contract.admin.model.QuestionImport.FormatEnum
			.fromValue(format.name().toLowerCase(Locale.ROOT));
	}

	/** Positions become letters, as people write them. */
	default String letter(Integer position) {
		return String.valueOf((char) ('A' + position));
	}

}
