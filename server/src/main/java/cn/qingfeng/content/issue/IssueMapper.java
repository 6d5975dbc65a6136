package cn.qingfeng.content.issue;

import java.time.YearMonth;
import java.util.UUID;

import cn.qingfeng.content.article.ArticleMapper;
import cn.qingfeng.contract.admin.model.Issue;
import cn.qingfeng.contract.admin.model.IssuePage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.RoundId;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(uses = { BusinessTime.class, ArticleMapper.class })
interface IssueMapper {

	@Mapping(target = ".", source = "issue")
	@Mapping(target = "campaignId", source = "issue.campaign")
	@Mapping(target = "articles", source = "articles")
	@Mapping(target = "quiz", source = "quiz")
	Issue toContract(IssueView view);

	IssuePage toContract(Page<MonthlyIssue> page);

	default String month(YearMonth month) {
		return month.toString();
	}

	default UUID id(RoundId id) {
		return id.value();
	}

}
