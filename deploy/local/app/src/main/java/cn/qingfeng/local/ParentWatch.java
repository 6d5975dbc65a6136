package cn.qingfeng.local;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;

/**
 * Ends this process when the one that started it is gone without having said so, as after
 * a {@code kill -9} of Maven.
 */
class ParentWatch implements InitializingBean {

	private static final Logger log = LoggerFactory.getLogger(ParentWatch.class);

	@Override
	public void afterPropertiesSet() {
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().thenRun(this::stop));
	}

	/**
	 * In a thread of its own: the one that brings the news is needed by those who wait
	 * for the servers to end.
	 */
	private void stop() {
		log.warn("The process that started the server is gone: stopping");
		Thread.ofPlatform().name("parent-watch").start(() -> System.exit(0));
	}

}
