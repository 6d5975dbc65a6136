package cn.qingfeng;

import org.mapstruct.Mapper;

@Mapper
interface PlaceholderMapper {

	Copy copy(Copy from);

	record Copy(String text) {

	}

}
