package cn.qingfeng.push.delivery;

import cn.qingfeng.contract.admin.model.DeliveryPage;
import cn.qingfeng.contract.admin.model.Ledger;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface DeliveryMapper {

	Ledger toContract(LedgerView ledger);

	DeliveryPage toContract(Page<DeliveryView> page);

	DeliveryState toDomain(cn.qingfeng.contract.admin.model.DeliveryState state);

}
