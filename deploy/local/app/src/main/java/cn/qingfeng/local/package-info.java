/**
 * Everything on one machine: the server with embedded PostgreSQL and Redis and the WeChat
 * sandbox, with accounts to log in and a clock to turn. Nothing of it is in the
 * production jar; it joins the server as Spring Boot auto-configuration.
 */
@NullMarked
package cn.qingfeng.local;

import org.jspecify.annotations.NullMarked;
