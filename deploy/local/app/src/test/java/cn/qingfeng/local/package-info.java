@NullMarked
package cn.qingfeng.local;

import org.jspecify.annotations.NullMarked;
