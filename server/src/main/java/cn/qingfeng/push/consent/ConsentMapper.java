package cn.qingfeng.push.consent;

import java.util.List;

import cn.qingfeng.contract.member.model.ConsentAnswer;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface ConsentMapper {

	List<cn.qingfeng.contract.member.model.Consent> toContract(List<Consent> consents);

	Answer toDomain(ConsentAnswer answer);

}
