package cn.qingfeng.platform.web;

import cn.qingfeng.platform.time.BusinessTime;
import org.mapstruct.MapperConfig;
import org.mapstruct.NullValueCheckStrategy;

/**
 * How mappers go from the domain to the contract: times with the offset of China, and
 * nothing stays nothing.
 */
@MapperConfig(uses = BusinessTime.class, nullValueCheckStrategy = NullValueCheckStrategy.ALWAYS)
public interface ContractMapping {

}
