package cn.qingfeng;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * The server of Qingfeng. Features are the packages beside this class; what they stand on
 * is {@code platform}. Beans are named by their whole class name, since two features may
 * each have an {@code Inbox}.
 */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
public class QingfengApplication {

	public static void main(String[] args) {
		SpringApplication.run(QingfengApplication.class, args);
	}

}
