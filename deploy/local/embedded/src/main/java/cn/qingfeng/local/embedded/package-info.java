/**
 * Real PostgreSQL and Redis on this machine, for trying the product and for tests.
 * {@link cn.qingfeng.local.embedded.EmbeddedPostgres} and
 * {@link cn.qingfeng.local.embedded.EmbeddedRedis} start the binaries that come as Maven
 * artifacts; the auto-configurations hand their addresses to Spring Boot as long as no
 * other address is configured. Loopback only, and whoever can reach the ports is let in.
 */
@NullMarked
package cn.qingfeng.local.embedded;

import org.jspecify.annotations.NullMarked;
