/**
 * The connection pool of PostgreSQL, made to heal.
 */
@NullMarked
package cn.qingfeng.platform.database;

import org.jspecify.annotations.NullMarked;
