package cn.qingfeng.platform.database;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the pool; where the database is says {@code spring.r2dbc.*}.
 *
 * @param poolSize connections of this node; 8 to 16 saturate two cores
 * @param loops event loops of their own for the driver
 * @param acquireTimeout how long a request waits for a connection before 503
 * @param statementTimeout after it the server ends a statement
 * @param lockTimeout how long a statement waits for a lock
 * @param idleInTransactionTimeout after it the server ends a session that forgot its
 * transaction: a net below {@code Transactions}
 */
@ConfigurationProperties("qingfeng.database")
@Validated
record DatabaseProperties(@DefaultValue("8") @Min(2) @Max(100) int poolSize,
		@DefaultValue("2") @Min(1) @Max(32) int loops, @DefaultValue("3s") Duration acquireTimeout,
		@DefaultValue("10s") Duration statementTimeout, @DefaultValue("5s") Duration lockTimeout,
		@DefaultValue("10s") Duration idleInTransactionTimeout) {

}
