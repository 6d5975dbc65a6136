@NullMarked
package cn.qingfeng.local.embedded;

import org.jspecify.annotations.NullMarked;
