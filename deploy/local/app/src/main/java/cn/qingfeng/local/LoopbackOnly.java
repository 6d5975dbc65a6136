package cn.qingfeng.local;

import java.net.InetSocketAddress;

import cn.qingfeng.platform.problem.NotFoundProblem;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The levers of local mode do not exist for other machines, also when somebody lets the
 * server listen to them.
 */
public final class LoopbackOnly implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		boolean here = request.remoteAddress().filter(LoopbackOnly::isLoopback).isPresent();
		return here ? next.handle(request) : Mono.error(new NotFoundProblem());
	}

	private static boolean isLoopback(InetSocketAddress address) {
		return address.getAddress() != null && address.getAddress().isLoopbackAddress();
	}

}
