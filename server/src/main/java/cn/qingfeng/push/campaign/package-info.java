/**
 * Campaigns: what is to be sent, when, and who released it.
 */
@NullMarked
package cn.qingfeng.push.campaign;

import org.jspecify.annotations.NullMarked;
