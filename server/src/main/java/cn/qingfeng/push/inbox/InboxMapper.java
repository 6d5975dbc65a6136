package cn.qingfeng.push.inbox;

import cn.qingfeng.contract.member.model.MessagePage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface InboxMapper {

	MessagePage toContract(Page<InboxMessage> page, int unread);

}
