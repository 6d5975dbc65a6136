package cn.qingfeng.platform.database;

import java.time.Duration;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Saves the question whether the peer lives as long as its last answer proves it. A
 * cancelled statement proves nothing: the driver can hang on what nobody reads.
 */
final class ProvenConnection implements Connection {

	private final Connection connection;

	private final Proof proof = new Proof();

	ProvenConnection(Connection connection) {
		this.connection = connection;
	}

	@Override
	public Publisher<Boolean> validate(ValidationDepth depth) {
		return this.connection.validate(this.proof.holds() ? ValidationDepth.LOCAL : depth);
	}

	@Override
	public Statement createStatement(String sql) {
		return new ProvenStatement(this.connection.createStatement(sql), this.proof);
	}

	@Override
	public Publisher<Void> beginTransaction() {
		return proven(this.connection.beginTransaction());
	}

	@Override
	public Publisher<Void> beginTransaction(TransactionDefinition definition) {
		return proven(this.connection.beginTransaction(definition));
	}

	@Override
	public Publisher<Void> commitTransaction() {
		return proven(this.connection.commitTransaction());
	}

	@Override
	public Publisher<Void> rollbackTransaction() {
		return proven(this.connection.rollbackTransaction());
	}

	private Mono<Void> proven(Publisher<Void> call) {
		return Mono.from(call)
			.doOnSubscribe((subscription) -> this.proof.asked())
			.doOnSuccess((done) -> this.proof.answered());
	}

	@Override
	public Batch createBatch() {
		this.proof.asked();
		return this.connection.createBatch();
	}

	@Override
	public Publisher<Void> createSavepoint(String name) {
		return proven(this.connection.createSavepoint(name));
	}

	@Override
	public Publisher<Void> releaseSavepoint(String name) {
		return proven(this.connection.releaseSavepoint(name));
	}

	@Override
	public Publisher<Void> rollbackTransactionToSavepoint(String name) {
		return proven(this.connection.rollbackTransactionToSavepoint(name));
	}

	@Override
	public boolean isAutoCommit() {
		return this.connection.isAutoCommit();
	}

	@Override
	public Publisher<Void> setAutoCommit(boolean autoCommit) {
		return proven(this.connection.setAutoCommit(autoCommit));
	}

	@Override
	public IsolationLevel getTransactionIsolationLevel() {
		return this.connection.getTransactionIsolationLevel();
	}

	@Override
	public Publisher<Void> setTransactionIsolationLevel(IsolationLevel level) {
		return proven(this.connection.setTransactionIsolationLevel(level));
	}

	@Override
	public Publisher<Void> setLockWaitTimeout(Duration timeout) {
		return proven(this.connection.setLockWaitTimeout(timeout));
	}

	@Override
	public Publisher<Void> setStatementTimeout(Duration timeout) {
		return proven(this.connection.setStatementTimeout(timeout));
	}

	@Override
	public ConnectionMetadata getMetadata() {
		return this.connection.getMetadata();
	}

	@Override
	public Publisher<Void> close() {
		return this.connection.close();
	}

}
