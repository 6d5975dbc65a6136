/**
 * Prints the speed goals of the quiz as ratios of one run: the server in its own JVM,
 * loaded through its API with real sessions, beside {@code pgbench} with the same SQL and
 * a bare Reactor Netty server with the same bytes. Ratios carry over to other machines;
 * times and rates do not. Nothing here is a test, and no figure fails a build; an
 * acknowledged submission that the database does not hold ends the run.
 */
@NullMarked
package cn.qingfeng.bench;

import org.jspecify.annotations.NullMarked;
