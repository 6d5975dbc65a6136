package cn.qingfeng.volunteer.checkin;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import cn.qingfeng.contract.member.model.CheckInRequest;
import cn.qingfeng.contract.member.model.OfflineCheckIn;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface CheckInMapper {

	cn.qingfeng.contract.member.model.CheckIn toContract(CheckIn checkIn);

	cn.qingfeng.contract.admin.model.PresenceCode toContract(PresenceCode code, int stepSeconds);

	NewCheckIn toDomain(CheckInRequest request, UUID eventId);

	NewCheckIn toDomain(OfflineCheckIn request);

	default Instant instant(OffsetDateTime time) {
		return time.toInstant();
	}

}
