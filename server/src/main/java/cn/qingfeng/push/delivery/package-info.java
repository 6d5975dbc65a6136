/**
 * Deliveries: one row a member, workers that send, receipts that settle.
 */
@NullMarked
package cn.qingfeng.push.delivery;

import org.jspecify.annotations.NullMarked;
