package cn.qingfeng.content.article;

import java.util.List;

import cn.qingfeng.contract.admin.model.Article;
import cn.qingfeng.contract.admin.model.ArticleDraft;
import cn.qingfeng.contract.admin.model.ArticlePage;
import cn.qingfeng.contract.admin.model.ArticleSummary;
import cn.qingfeng.contract.admin.model.ColumnName;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface ArticleMapper {

	@Mapping(target = ".", source = "article")
	@Mapping(target = ".", source = "article.text")
	@Mapping(target = "column", source = "column")
	Article toContract(ArticleView view);

	@Mapping(target = "id", source = "article.id")
	@Mapping(target = "title", source = "article.text.title")
	@Mapping(target = "state", source = "article.state")
	@Mapping(target = "updatedAt", source = "article.updatedAt")
	ArticleSummary toSummary(ArticleView view);

	ArticlePage toContract(Page<ArticleView> page);

	List<ColumnName> toContract(List<Column> columns);

	ArticleState toDomain(cn.qingfeng.contract.admin.model.ArticleState state);

	ArticleText toDomain(ArticleDraft draft);

}
