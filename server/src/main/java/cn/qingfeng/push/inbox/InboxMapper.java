package cn.qingfeng.push.inbox;

import cn.qingfeng.contract.member.model.MessagePage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import org.mapstruct.Mapper;

@Mapper(uses = BusinessTime.class)
interface InboxMapper {

	MessagePage toContract(Page<InboxMessage> page, int unread);

}
