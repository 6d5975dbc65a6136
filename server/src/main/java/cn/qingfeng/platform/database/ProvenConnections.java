package cn.qingfeng.platform.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Connections of another factory that need not be asked whether they live when they have
 * just shown it.
 */
final class ProvenConnections implements ConnectionFactory {

	private final ConnectionFactory connections;

	ProvenConnections(ConnectionFactory connections) {
		this.connections = connections;
	}

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.from(this.connections.create()).map(ProvenConnection::new);
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.connections.getMetadata();
	}

}
