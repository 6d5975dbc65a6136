package cn.qingfeng.platform.web;

import java.net.URI;
import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The members' H5 page at {@code /m/}, packed by the contract module. Its files carry
 * their hash in the name and never change; the page that names them is asked for each
 * time.
 */
@Configuration(proxyBeanMethods = false)
class PhonePages implements WebFluxConfigurer {

	private static final String FOLDER = "META-INF/resources/m/";

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler("/m/assets/**")
			.addResourceLocations("classpath:/" + FOLDER + "assets/")
			.setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
		registry.addResourceHandler("/m/static/**")
			.addResourceLocations("classpath:/" + FOLDER + "static/")
			.setCacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic());
	}

	@Bean
	RouterFunction<ServerResponse> phonePage() {
		Resource page = new ClassPathResource(FOLDER + "index.html");
		return RouterFunctions.route()
			.GET("/m/",
					(request) -> page.exists() ? ServerResponse.ok()
						.contentType(MediaType.TEXT_HTML)
						.cacheControl(CacheControl.noCache())
						.bodyValue(page) : ServerResponse.notFound().build())
			.GET("/m", (request) -> ServerResponse.permanentRedirect(URI.create("/m/")).build())
			.GET("/", (request) -> ServerResponse.temporaryRedirect(URI.create("/m/")).build())
			.build();
	}

}
