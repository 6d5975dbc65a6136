package cn.qingfeng.content.issue;

import java.time.YearMonth;
import java.util.UUID;

import cn.qingfeng.content.article.ArticleView;
import cn.qingfeng.contract.admin.model.ArticleSummary;
import cn.qingfeng.contract.admin.model.Issue;
import cn.qingfeng.contract.admin.model.IssuePage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import cn.qingfeng.quiz.RoundId;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface IssueMapper {

	@Mapping(target = ".", source = "issue")
	@Mapping(target = "campaignId", source = "issue.campaign")
	@Mapping(target = "articles", source = "articles")
	@Mapping(target = "quiz", source = "quiz")
	Issue toContract(IssueView view);

	@Mapping(target = "id", source = "article.id")
	@Mapping(target = "title", source = "article.text.title")
	@Mapping(target = "state", source = "article.state")
	@Mapping(target = "updatedAt", source = "article.updatedAt")
	ArticleSummary toSummary(ArticleView view);

	IssuePage toContract(Page<MonthlyIssue> page);

	default String month(YearMonth month) {
		return month.toString();
	}

	default UUID id(RoundId id) {
		return id.value();
	}

}
