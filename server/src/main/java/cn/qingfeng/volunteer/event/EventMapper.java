package cn.qingfeng.volunteer.event;

import java.time.Instant;
import java.time.OffsetDateTime;

import cn.qingfeng.contract.admin.model.EventDraft;
import cn.qingfeng.contract.member.model.EventPage;
import cn.qingfeng.contract.member.model.EventSummary;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface EventMapper {

	@Mapping(target = ".", source = "event")
	@Mapping(target = "state", source = "state")
	cn.qingfeng.contract.member.model.Event toMember(EventView view);

	@Mapping(target = ".", source = "event")
	@Mapping(target = "state", source = "state")
	EventSummary toSummary(EventView view);

	EventPage toMember(Page<EventView> page);

	@Mapping(target = ".", source = "event")
	@Mapping(target = "state", source = "state")
	cn.qingfeng.contract.admin.model.Event toStaff(EventView view);

	cn.qingfeng.contract.admin.model.EventPage toStaff(Page<EventView> page);

	cn.qingfeng.contract.member.model.Registration toContract(Registration registration);

	EventState toDomain(cn.qingfeng.contract.member.model.EventState state);

	EventText toDomain(EventDraft draft);

	default Instant instant(OffsetDateTime time) {
		return time.toInstant();
	}

}
