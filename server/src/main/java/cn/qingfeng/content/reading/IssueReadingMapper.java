package cn.qingfeng.content.reading;

import java.time.YearMonth;

import cn.qingfeng.content.issue.MonthlyIssue;
import cn.qingfeng.contract.member.model.Issue;
import cn.qingfeng.contract.member.model.IssuePage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class, uses = ReadingMapper.class)
interface IssueReadingMapper {

	Issue toContract(PublishedIssue issue);

	IssuePage toContract(Page<MonthlyIssue> page);

	default String month(YearMonth month) {
		return month.toString();
	}

}
