package cn.qingfeng;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;

/**
 * The whole server over HTTP on a free port, with a real PostgreSQL and Redis of its own
 * and a {@code Sandbox} as WeChat, seeded. Contexts are shared between the classes that
 * carry it alone: a test makes its own rows and expects those of others. Use
 * {@link TestClock} for the time and {@link TestSessions} to be somebody,
 * {@link TestMembers} for members; {@link AuditWatch} sees to it that what staff do is
 * audited.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(classes = QingfengApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = { TestServers.class, TestWechat.class })
@AutoConfigureWebTestClient(timeout = "30s")
@Import({ TestClock.class, TestSessions.class, TestMembers.class, AuditWatch.class })
@TestExecutionListeners(listeners = AuditWatch.AfterEachTest.class,
		mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
public @interface QingfengIT {

}
