package cn.qingfeng.platform.database;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Notes whether its answer was read to the end.
 */
final class ProvenStatement implements Statement {

	private final Statement statement;

	private final Proof proof;

	ProvenStatement(Statement statement, Proof proof) {
		this.statement = statement;
		this.proof = proof;
	}

	@Override
	public Publisher<? extends Result> execute() {
		return Flux.from(this.statement.execute())
			.doOnSubscribe((subscription) -> this.proof.asked())
			.doOnComplete(this.proof::answered);
	}

	@Override
	public Statement add() {
		this.statement.add();
		return this;
	}

	@Override
	public Statement bind(int index, Object value) {
		this.statement.bind(index, value);
		return this;
	}

	@Override
	public Statement bind(String name, Object value) {
		this.statement.bind(name, value);
		return this;
	}

	@Override
	public Statement bindNull(int index, Class<?> type) {
		this.statement.bindNull(index, type);
		return this;
	}

	@Override
	public Statement bindNull(String name, Class<?> type) {
		this.statement.bindNull(name, type);
		return this;
	}

	@Override
	public Statement returnGeneratedValues(String... columns) {
		this.statement.returnGeneratedValues(columns);
		return this;
	}

	@Override
	public Statement fetchSize(int rows) {
		this.statement.fetchSize(rows);
		return this;
	}

}
