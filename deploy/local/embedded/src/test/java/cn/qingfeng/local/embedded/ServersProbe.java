package cn.qingfeng.local.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A process of its own that starts both servers, says where, and waits to be killed.
 */
final class ServersProbe {

	private ServersProbe() {
	}

	public static void main(String[] args) throws InterruptedException {
		Path folder = Path.of(args[0]);
		EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
		EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis"), 0);
		System.out.println("ready " + postgres.pid() + " " + postgres.port() + " " + redis.pid() + " " + redis.port());
		new CountDownLatch(1).await();
	}

}
