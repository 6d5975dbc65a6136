package cn.qingfeng.wechat.web;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What pages inside WeChat need besides the accounts.
 *
 * @param domainProofs files that WeChat's console asks for at the root of our domain
 * before it lets our pages log in, sign or be opened by the mini-program
 */
@ConfigurationProperties("qingfeng.wechat.web")
@Validated
record PageProperties(@DefaultValue List<@Valid DomainProof> domainProofs) {

	PageProperties {
		domainProofs = List.copyOf(domainProofs);
	}

	/**
	 * One file as the console gives it for download.
	 *
	 * @param file its name, such as {@code MP_verify_x0y1.txt}
	 * @param text its one line
	 */
	record DomainProof(@NotBlank @Pattern(regexp = "[A-Za-z0-9_]{1,64}\\.txt") String file,
			@NotBlank @Pattern(regexp = "[A-Za-z0-9_=-]{1,128}") String text) {

	}

}
