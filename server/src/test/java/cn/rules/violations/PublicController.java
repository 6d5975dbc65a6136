package cn.rules.violations;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

/** A controller for everybody, with a hand in the database. */
@RestController
public class PublicController {

	private final PublicRepository repository;

	public PublicController(PublicRepository repository) {
		this.repository = repository;
	}

	PublicRepository repository() {
		return this.repository;
	}

	/** A configuration for everybody. */
	@Configuration
	public static class PublicConfiguration {

	}

}
