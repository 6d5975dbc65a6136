package cn.qingfeng.platform.web;

import java.util.Arrays;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Reads the enums of the contract from query parameters by the words of the contract
 * ({@code open}), which are what {@code toString} of the generated ones says.
 */
@Configuration(proxyBeanMethods = false)
class ContractEnums implements WebFluxConfigurer {

	@Override
	public void addFormatters(FormatterRegistry registry) {
		registry.addConverterFactory(new Words());
	}

	@SuppressWarnings("rawtypes")
	private static final class Words implements ConverterFactory<String, Enum> {

		@Override
		public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
			return (word) -> Arrays.stream(type.getEnumConstants())
				.filter((constant) -> constant.toString().equals(word))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException(type.getSimpleName()));
		}

	}

}
