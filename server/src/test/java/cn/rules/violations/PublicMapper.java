package cn.rules.violations;

import org.mapstruct.Mapper;

/** A mapper for everybody. */
@Mapper
public interface PublicMapper {

}
