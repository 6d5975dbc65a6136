/**
 * Who exists: accounts with what they may do, and people with what each account knows of
 * them.
 */
@NullMarked
package cn.qingfeng.local.sandbox.registry;

import org.jspecify.annotations.NullMarked;
