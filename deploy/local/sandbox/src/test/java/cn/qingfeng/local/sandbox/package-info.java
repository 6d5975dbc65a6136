@NullMarked
package cn.qingfeng.local.sandbox;

import org.jspecify.annotations.NullMarked;
