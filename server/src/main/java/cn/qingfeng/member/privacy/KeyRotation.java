package cn.qingfeng.member.privacy;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Seals again with the present key what a former key sealed, a batch a transaction: any
 * node may do it, beside others, and one that dies leaves what it had not finished to the
 * next. Until a row's turn comes it is read with its own key.
 */
@Component
class KeyRotation {

	private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

	private static final int BATCH = 200;

	private static final Duration PAUSE = Duration.ofMinutes(1);

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final List<SealedColumn> columns;

	private final Transactions transactions;

	KeyRotation(DatabaseClient database, PersonalData personalData, List<SealedColumn> columns,
			Transactions transactions, BackgroundLoops loops) {
		this.database = database;
		this.personalData = personalData;
		this.columns = List.copyOf(columns);
		this.transactions = transactions;
		loops.start("key-rotation", PAUSE, this::rotate);
	}

	/** One batch of each column; true when there may be more. */
	Mono<Boolean> rotate() {
		String[] former = this.personalData.formerKeyIds();
		return (former.length == 0) ? Mono.just(false)
				: Flux.fromIterable(this.columns)
					.concatMap((column) -> this.transactions.inTransaction(rotate(column, former)))
					.any((rows) -> rows == BATCH);
	}

	private Mono<Integer> rotate(SealedColumn column, String[] former) {
		return this.database.sql(column.sql("""
				SELECT id, %2$s_key AS key_id, %2$s_cipher AS bytes FROM %1$s
				WHERE %2$s_key = ANY (:former) ORDER BY id LIMIT :batch FOR NO KEY UPDATE SKIP LOCKED
				"""))
			.bind("former", former)
			.bind("batch", BATCH)
			.mapProperties(Row.class)
			.all()
			.collectList()
			.flatMap((rows) -> rows.isEmpty() ? Mono.just(0) : write(column, rows));
	}

	private Mono<Integer> write(SealedColumn column, List<Row> rows) {
		List<SealedText> sealed = rows.stream().map((row) -> again(column, row)).toList();
		return this.database.sql(column.sql("""
				UPDATE %1$s t SET %2$s_cipher = decode(n.cipher, 'hex'), %2$s_key = n.key
				FROM unnest(:ids, :ciphers, :keys) AS n (id, cipher, key) WHERE t.id = n.id
				"""))
			.bind("ids", rows.stream().map(Row::id).toArray(UUID[]::new))
			.bind("ciphers",
					sealed.stream().map((text) -> HexFormat.of().formatHex(text.bytes())).toArray(String[]::new))
			.bind("keys", sealed.stream().map(SealedText::keyId).toArray(String[]::new))
			.then()
			.doOnSuccess((done) -> log.info("{} values of {}.{} were sealed with the present key", rows.size(),
					column.table(), column.name()))
			.thenReturn(rows.size());
	}

	private SealedText again(SealedColumn column, Row row) {
		String owner = column.owner(row.id());
		return this.personalData.seal(this.personalData.open(new SealedText(row.keyId(), row.bytes()), owner), owner);
	}

	private record Row(UUID id, String keyId, byte[] bytes) {

	}

}
