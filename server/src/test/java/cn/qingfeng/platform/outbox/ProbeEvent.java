package cn.qingfeng.platform.outbox;

import java.time.Instant;
import java.util.UUID;

/** An event of the tests. */
record ProbeEvent(UUID id, String name, Instant at, boolean poison) {

}
