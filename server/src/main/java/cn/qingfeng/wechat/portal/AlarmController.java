package cn.qingfeng.wechat.portal;

import cn.qingfeng.contract.admin.WechatAlarmsApi;
import cn.qingfeng.contract.admin.model.WechatAlarm;
import cn.qingfeng.contract.admin.model.WechatAlarmPage;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class AlarmController implements WechatAlarmsApi {

	private final AccountNotices notices;

	AlarmController(AccountNotices notices) {
		this.notices = notices;
	}

	@Override
	public Mono<ResponseEntity<WechatAlarmPage>> listWechatAlarms(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return this.notices.list(Page.limit(limit), cursor)
			.map((page) -> page.map(AlarmController::alarm))
			.map((page) -> ResponseEntity.ok(new WechatAlarmPage(page.items(), page.nextCursor())));
	}

	private static WechatAlarm alarm(AccountNotices.Alarm row) {
		return new WechatAlarm(row.id(), WechatAlarm.AccountEnum.fromValue(row.account()), row.kind(), row.grave(),
				row.detail(), BusinessTime.at(row.happenedAt()));
	}

}
