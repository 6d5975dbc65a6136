package cn.qingfeng.content.review;

import cn.qingfeng.contract.admin.model.ReviewChain;
import cn.qingfeng.contract.admin.model.ReviewRequest;
import cn.qingfeng.platform.web.ContractMapping;
import org.mapstruct.Mapper;

@Mapper(config = ContractMapping.class)
interface ReviewMapper {

	ReviewChain toContract(ReviewChainView chain);

	Review toDomain(ReviewRequest request);

}
