package cn.qingfeng.content.reading;

import java.util.List;

import cn.qingfeng.content.article.Column;
import cn.qingfeng.contract.member.model.Article;
import cn.qingfeng.contract.member.model.ArticlePage;
import cn.qingfeng.contract.member.model.ArticleSummary;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface ReadingMapper {

	Article toContract(PublishedArticle article);

	List<ArticleSummary> toContract(List<PublishedArticle.Summary> articles);

	ArticlePage toContract(Page<PublishedArticle.Summary> page);

	List<cn.qingfeng.contract.member.model.Column> toColumns(List<Column> columns);

}
