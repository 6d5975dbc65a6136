package cn.qingfeng.push.delivery;

import cn.qingfeng.platform.problem.Violations;

/**
 * What the ledger counts by.
 */
enum LedgerGrouping {

	STATE, CHANNEL;

	static LedgerGrouping of(String name) {
		return switch (name) {
			case "state" -> STATE;
			case "channel" -> CHANNEL;
			default -> throw Violations.of("group", "只能按 state 或 channel 汇总");
		};
	}

	String column() {
		return name().toLowerCase();
	}

}
