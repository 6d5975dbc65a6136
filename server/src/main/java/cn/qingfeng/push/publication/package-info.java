/**
 * Publications: articles on the public account, from the draft to WeChat's verdict and
 * back.
 */
@NullMarked
package cn.qingfeng.push.publication;

import org.jspecify.annotations.NullMarked;
