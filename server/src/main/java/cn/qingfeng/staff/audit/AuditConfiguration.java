package cn.qingfeng.staff.audit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

	/** Lets an entry say from which address its request came. */
	@Bean
	ServerWebExchangeContextFilter exchangeContextFilter() {
		return new ServerWebExchangeContextFilter();
	}

}
