package cn.qingfeng.push.campaign;

import cn.qingfeng.contract.admin.model.Campaign;
import cn.qingfeng.contract.admin.model.CampaignPage;
import cn.qingfeng.contract.admin.model.Plan;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface CampaignMapper {

	@Mapping(target = ".", source = "campaign")
	@Mapping(target = "author", source = "author")
	@Mapping(target = "approver", source = "approver")
	Campaign toContract(CampaignView view);

	CampaignPage toContract(Page<CampaignView> page);

	Plan toContract(ReachPlan plan);

}
