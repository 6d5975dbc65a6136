package cn.qingfeng.platform.outbox;

import java.util.UUID;

/** An event on its way to one handler. */
record Delivery(UUID eventId, String handler, String payload, int attempts) {

}
