/**
 * What members read: published articles and issues, search, favourites, positions.
 */
@NullMarked
package cn.qingfeng.content.reading;

import org.jspecify.annotations.NullMarked;
