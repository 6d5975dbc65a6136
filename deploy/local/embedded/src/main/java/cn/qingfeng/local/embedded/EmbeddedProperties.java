package cn.qingfeng.local.embedded;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded servers live.
 *
 * @param data folder that keeps the data of both across restarts
 * @param postgres the embedded PostgreSQL
 * @param redis the embedded Redis
 */
@ConfigurationProperties("qingfeng.local")
record EmbeddedProperties(@DefaultValue("data") Path data, @DefaultValue Postgres postgres, @DefaultValue Redis redis) {

	/**
	 * The embedded PostgreSQL.
	 *
	 * @param port its port on the loopback address, 0 for a free one
	 */
	record Postgres(@DefaultValue("0") int port) {
	}

	/**
	 * The embedded Redis.
	 *
	 * @param port its port on the loopback address, 0 for a free one
	 * @param executable an installed redis-server or valkey-server to use instead of ours
	 */
	record Redis(@DefaultValue("0") int port, @Nullable String executable) {
	}

}
