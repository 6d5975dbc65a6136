package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.outbox.Outbox;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.wechat.WechatAccount;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * The callbacks that we took in, for a week: far longer than WeChat repeats them and than
 * a recorded one stays recent.
 */
@Repository
class Inbox {

	private static final int LANES = 2;

	private static final int MOST_AT_ONCE = 200;

	private static final int CLEANED_AT_ONCE = 5_000;

	/** In one order, or two batches with the same letters could wait for each other. */
	private static final String INSERT = """
			INSERT INTO wechat_inbox (id, account, dedupe_key, kind, reply, to_staff)
			SELECT id, account, decode(dedupe_key, 'hex'), kind, nullif(reply, ''), to_staff
			  FROM unnest(:ids, :accounts, :keys, :kinds, :replies, :toStaff)
			       AS letter (id, account, dedupe_key, kind, reply, to_staff)
			 ORDER BY account, dedupe_key
			ON CONFLICT ON CONSTRAINT wechat_inbox_once DO NOTHING
			RETURNING id
			""";

	private static final String REPLIES = """
			SELECT inbox.account, letter.dedupe_key AS key, coalesce(inbox.reply, '') AS reply
			  FROM (SELECT DISTINCT account, dedupe_key FROM unnest(:accounts, :keys) AS asked (account, dedupe_key)) letter
			  JOIN wechat_inbox inbox
			    ON inbox.account = letter.account AND inbox.dedupe_key = decode(letter.dedupe_key, 'hex')
			 WHERE inbox.reply IS NOT NULL OR inbox.to_staff
			""";

	private static final String QUARANTINE = """
			INSERT INTO wechat_inbox (id, account, dedupe_key, kind, quarantined)
			VALUES (:id, :account, :dedupeKey, 'quarantined', :text)
			ON CONFLICT ON CONSTRAINT wechat_inbox_once DO NOTHING
			""";

	private static final String CLEAN = """
			DELETE FROM wechat_inbox
			 WHERE id IN (SELECT id FROM wechat_inbox
			               WHERE received_at < now() - interval '7 days'
			               ORDER BY received_at
			               LIMIT :limit)
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Outbox outbox;

	private final Transactions transactions;

	private final NaturalBatcher<Letter, Optional<PassiveReply>> letters;

	Inbox(DatabaseClient database, IdGenerator ids, Outbox outbox, Transactions transactions, MeterRegistry meters) {
		this.database = database;
		this.ids = ids;
		this.outbox = outbox;
		this.transactions = transactions;
		this.letters = new NaturalBatcher<>("wechat-inbox", LANES, MOST_AT_ONCE, this::stored, meters);
	}

	/**
	 * Stores a letter and its event, unless they are there already.
	 * @param letter of WeChat
	 * @return after the commit, what the person is answered: always the same
	 */
	Mono<Optional<PassiveReply>> add(Letter letter) {
		return this.letters.submit(letter);
	}

	Mono<Void> quarantined(WechatAccount account, String text) {
		return this.database.sql(QUARANTINE)
			.bind("id", this.ids.next())
			.bind("account", account.name())
			.bind("dedupeKey", digest(text))
			.bind("text", text.replace("\0", ""))
			.then();
	}

	/** True when there may be more to clean. */
	Mono<Boolean> cleaned() {
		return this.database.sql(CLEAN)
			.bind("limit", CLEANED_AT_ONCE)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == CLEANED_AT_ONCE);
	}

	/**
	 * Stores the letters that were not there before, each with its event, and gives the
	 * reply that belongs to each: that of the first attempt.
	 */
	private Mono<List<Optional<PassiveReply>>> stored(List<Letter> letters) {
		return this.transactions.inTransaction(Mono.defer(() -> storedNow(letters)));
	}

	private Mono<List<Optional<PassiveReply>>> storedNow(List<Letter> letters) {
		List<UUID> ids = Stream.generate(this.ids::next).limit(letters.size()).toList();
		return insert(letters, ids).flatMap((added) -> told(letters, ids, added).then(replies(letters, ids, added)));
	}

	private Mono<Set<UUID>> insert(List<Letter> letters, List<UUID> ids) {
		return this.database.sql(INSERT)
			.bind("ids", ids.toArray(UUID[]::new))
			.bind("accounts", column(letters, (letter) -> letter.account().name()))
			.bind("keys", column(letters, Letter::dedupeKey))
			.bind("kinds", column(letters, Letter::kind))
			.bind("replies", column(letters, (letter) -> letter.reply().map(PassiveReply::text).orElse("")))
			.bind("toStaff",
					letters.stream()
						.map((letter) -> letter.reply().filter(PassiveReply::isToStaff).isPresent())
						.toArray(Boolean[]::new))
			.mapValue(UUID.class)
			.all()
			.collect(Collectors.toUnmodifiableSet());
	}

	private Mono<Void> told(List<Letter> letters, List<UUID> ids, Set<UUID> added) {
		return this.outbox.publishAll(IntStream.range(0, letters.size())
			.filter((i) -> added.contains(ids.get(i)))
			.mapToObj((i) -> letters.get(i).event())
			.flatMap(Optional::stream)
			.toList());
	}

	private Mono<List<Optional<PassiveReply>>> replies(List<Letter> letters, List<UUID> ids, Set<UUID> added) {
		if (added.size() == letters.size()) {
			return Mono.just(letters.stream().map(Letter::reply).toList());
		}
		return firstReplies(letters).map((known) -> IntStream.range(0, letters.size())
			.mapToObj((i) -> added.contains(ids.get(i)) ? letters.get(i).reply()
					: Optional.ofNullable(known.get(letters.get(i).address())))
			.toList());
	}

	private Mono<Map<String, PassiveReply>> firstReplies(List<Letter> letters) {
		return this.database.sql(REPLIES)
			.bind("accounts", column(letters, (letter) -> letter.account().name()))
			.bind("keys", column(letters, Letter::dedupeKey))
			.mapProperties(FirstReply.class)
			.all()
			.collectMap((first) -> first.account() + first.key(), (first) -> new PassiveReply(first.reply()));
	}

	private static String[] column(List<Letter> letters, Function<Letter, String> value) {
		return letters.stream().map(value).toArray(String[]::new);
	}

	private static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record FirstReply(String account, String key, String reply) {

	}

}
