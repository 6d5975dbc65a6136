package cn.qingfeng.content.review;

import cn.qingfeng.contract.admin.model.ReviewChain;
import cn.qingfeng.contract.admin.model.ReviewRequest;
import cn.qingfeng.platform.time.BusinessTime;
import org.mapstruct.Mapper;

/**
 * Chains to the contract and back.
 */
@Mapper(uses = BusinessTime.class)
public interface ReviewMapper {

	ReviewChain toContract(ReviewChainView chain);

	Review toDomain(ReviewRequest request);

}
