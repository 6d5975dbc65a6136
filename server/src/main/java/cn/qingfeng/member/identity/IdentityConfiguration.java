package cn.qingfeng.member.identity;

import cn.qingfeng.member.privacy.SealedColumn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

	@Bean
	SealedColumn appealContact() {
		return new SealedColumn("binding_appeal", "contact");
	}

}
