@NullMarked
package cn.qingfeng;

import org.jspecify.annotations.NullMarked;
