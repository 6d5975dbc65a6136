package cn.qingfeng.platform;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes JSON without a log-in, in the contexts of the tests only.
 */
@RestController
class ProbeController {

	@PostMapping("/a/probe")
	Mono<Thing> echo(@Valid @RequestBody Mono<Thing> thing) {
		return thing;
	}

	record Thing(@NotBlank String name) {

	}

}
