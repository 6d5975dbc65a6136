package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

import cn.qingfeng.contract.admin.WechatApi;
import cn.qingfeng.contract.admin.model.ApiUse;
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
 * Shows the administrator what the accounts may do, and how much of it is left today.
 */
@RestController
class CapabilityController implements WechatApi {

	private final CapabilitySwitches switches;

	private final DailyQuotas quotas;

	private final Holds holds;

	private final QuotaProperties properties;

	private final Clock clock;

	CapabilityController(CapabilitySwitches switches, DailyQuotas quotas, Holds holds, QuotaProperties properties,
			Clock clock) {
		this.switches = switches;
		this.quotas = quotas;
		this.holds = holds;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<CapabilityList>> listCapabilities(ServerWebExchange exchange) {
		return Mono.zip(this.switches.looked(), this.quotas.used(), this.holds.looked())
			.map((found) -> list(found.getT1(), new Uses(found.getT2(), found.getT3(), this.clock.instant())))
			.map(ResponseEntity::ok);
	}

	private CapabilityList list(Map<WechatCapability, CapabilitySwitches.Off> off, Uses uses) {
		return new CapabilityList(Arrays.stream(WechatCapability.values())
			.map((capability) -> shown(capability, off.get(capability), uses))
			.toList());
	}

	private Capability shown(WechatCapability capability, CapabilitySwitches.@Nullable Off off, Uses uses) {
		Capability shown = new Capability(capability.name(), off == null,
				Arrays.stream(Endpoint.values())
					.filter((endpoint) -> endpoint.capability() == capability)
					.map((endpoint) -> shown(endpoint, uses))
					.toList());
		return (off != null) ? shown.reason(off.reason()).since(BusinessTime.at(off.since())) : shown;
	}

	private ApiUse shown(Endpoint endpoint, Uses uses) {
		ApiUse shown = new ApiUse(endpoint.name(), endpoint.path());
		long quota = this.properties.daily(endpoint.counted());
		if (quota > 0) {
			long used = uses.used().getOrDefault(endpoint.counted(), 0L);
			shown.dailyQuota(quota).usedToday(used).remaining(Math.max(0, quota - used));
		}
		if (this.properties.perMinute(endpoint) > 0) {
			shown.perMinute(this.properties.perMinute(endpoint));
		}
		Holds.Hold hold = uses.holds().get(endpoint);
		return (hold != null && hold.stopsAt(uses.now())) ? shown.stoppedUntil(BusinessTime.at(hold.until())) : shown;
	}

	private record Uses(Map<Endpoint, Long> used, Map<Endpoint, Holds.Hold> holds, Instant now) {

	}

}
