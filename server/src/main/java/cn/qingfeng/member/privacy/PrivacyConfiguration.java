package cn.qingfeng.member.privacy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PrivacyConfiguration {

	@Bean
	SealedColumn sealedPhones() {
		return new SealedColumn("member", "phone");
	}

	@Bean
	SealedColumn sealedIdNumbers() {
		return new SealedColumn("member", "id");
	}

}
