package cn.qingfeng.platform.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;

/**
 * A list never holds a null: the contract knows none, and no feature has to look.
 */
@Component
class JsonStrictness implements JsonMapperBuilderCustomizer {

	@Override
	public void customize(JsonMapper.Builder builder) {
		builder.withConfigOverride(List.class,
				(lists) -> lists.setNullHandling(JsonSetter.Value.forContentNulls(Nulls.FAIL)));
	}

}
