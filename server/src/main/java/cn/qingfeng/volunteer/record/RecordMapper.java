package cn.qingfeng.volunteer.record;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import cn.qingfeng.contract.admin.model.AttendanceCorrection;
import cn.qingfeng.contract.admin.model.AttendancePage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = ContractMapping.class)
interface RecordMapper {

	@Mapping(target = "records", source = "entries")
	cn.qingfeng.contract.member.model.ServiceRecord toContract(ServiceRecord record);

	cn.qingfeng.contract.admin.model.Attendance toContract(AttendanceView attendance);

	AttendancePage toContract(Page<AttendanceView> page);

	Correction toDomain(AttendanceCorrection correction, UUID eventId, UUID memberId);

	default Instant instant(OffsetDateTime time) {
		return time.toInstant();
	}

}
