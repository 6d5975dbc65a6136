package cn.qingfeng;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The server of Qingfeng. Features are the packages beside this class; what they stand on
 * is {@code platform}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class QingfengApplication {

	public static void main(String[] args) {
		SpringApplication.run(QingfengApplication.class, args);
	}

}
