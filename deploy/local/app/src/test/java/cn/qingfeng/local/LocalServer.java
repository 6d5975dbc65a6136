package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import cn.qingfeng.QingfengApplication;
import cn.qingfeng.local.sandbox.Sandbox;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Everything that the one command starts, on free ports and with an empty data folder:
 * once for the JVM of the tests, which share it and so make their own rows. It stops with
 * the JVM.
 */
final class LocalServer {

	private static final Path DATA = Path.of("target", "local-server").toAbsolutePath();

	private final ConfigurableApplicationContext context;

	private LocalServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static LocalServer running() {
		return Running.INSTANCE;
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port"));
	}

	URI sandboxUrl() {
		return URI.create(sandbox().baseUrl());
	}

	Sandbox sandbox() {
		return this.context.getBean(Sandbox.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	private static final class Running {

		private static final LocalServer INSTANCE = start();

		private static LocalServer start() {
			try {
				FileSystemUtils.deleteRecursively(DATA);
				Files.createDirectories(DATA);
				return new LocalServer(SpringApplication.run(QingfengApplication.class, "--qingfeng.local.data=" + DATA,
						"--qingfeng.local.port=0", "--qingfeng.local.sandbox.port=0"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
