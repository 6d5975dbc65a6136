package cn.qingfeng.local.wechat;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The WeChat sandbox.
 *
 * @param port its port on the loopback address
 * @param people how many people of the fictional roster have a phone
 */
@ConfigurationProperties("qingfeng.local.sandbox")
record SandboxProperties(@DefaultValue("8090") int port, @DefaultValue("4200") int people) {

}
