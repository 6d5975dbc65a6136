/**
 * WeChat, played on one machine: accounts, people with phones, the calls a backend makes
 * and the callbacks it receives. Start it with {@link cn.qingfeng.local.sandbox.Sandbox}.
 */
@NullMarked
package cn.qingfeng.local.sandbox;

import org.jspecify.annotations.NullMarked;
