package cn.qingfeng.wechat.gateway;

import java.util.Arrays;
import java.util.Map;

import cn.qingfeng.contract.admin.WechatApi;
import cn.qingfeng.contract.admin.model.Capability;
import cn.qingfeng.contract.admin.model.CapabilityList;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.wechat.WechatCapability;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Shows the administrator what the accounts may do.
 */
@RestController
class CapabilityController implements WechatApi {

	private final CapabilitySwitches switches;

	CapabilityController(CapabilitySwitches switches) {
		this.switches = switches;
	}

	@Override
	public Mono<ResponseEntity<CapabilityList>> listCapabilities(ServerWebExchange exchange) {
		return this.switches.looked().map(CapabilityController::list).map(ResponseEntity::ok);
	}

	private static CapabilityList list(Map<WechatCapability, CapabilitySwitches.Off> off) {
		return new CapabilityList(Arrays.stream(WechatCapability.values())
			.map((capability) -> shown(capability, off.get(capability)))
			.toList());
	}

	private static Capability shown(WechatCapability capability, CapabilitySwitches.@Nullable Off off) {
		Capability shown = new Capability(capability.name(), off == null);
		return (off != null) ? shown.reason(off.reason()).since(BusinessTime.at(off.since())) : shown;
	}

}
