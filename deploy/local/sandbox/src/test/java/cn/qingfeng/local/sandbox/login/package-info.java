@NullMarked
package cn.qingfeng.local.sandbox.login;

import org.jspecify.annotations.NullMarked;
