@NullMarked
package cn.qingfeng.local.clock;

import org.jspecify.annotations.NullMarked;
