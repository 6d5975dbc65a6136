package cn.qingfeng.member.privacy;

import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.member.MemberId;
import cn.qingfeng.member.MemberRecords;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * What the law gives every member: a copy of all that is kept about them, and its
 * erasure.
 */
@Service
class OwnData {

	private static final Logger log = LoggerFactory.getLogger(OwnData.class);

	/** Our own last: the others may still ask who the member is for WeChat. */
	private final List<MemberRecords> records;

	private final DatabaseClient database;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	OwnData(List<MemberRecords> records, DatabaseClient database, Audit audit, Transactions transactions, Clock clock) {
		this.records = records.stream()
			.sorted(Comparator.comparing((MemberRecords each) -> each instanceof OwnRecords)
				.thenComparing(MemberRecords::section))
			.toList();
		this.database = database;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** One section a feature. */
	Mono<Map<String, Object>> copy() {
		return CurrentMember.memberId()
			.flatMap((memberId) -> this.audit.recordAs("member", memberId, "member.copy", memberId.toString())
				.thenMany(Flux.fromIterable(this.records))
				.concatMap((each) -> each.copy(new MemberId(memberId)).map((found) -> Map.entry(each.section(), found)))
				.collect(this::begun, (copy, section) -> copy.put(section.getKey(), section.getValue())));
	}

	/** In one transaction: all or nothing. The sessions end with the WeChat accounts. */
	Mono<Void> erase() {
		return CurrentMember.memberId()
			.flatMap(
					(memberId) -> this.transactions
						.inTransaction(lock(memberId).thenMany(Flux.fromIterable(this.records))
							.concatMap((each) -> each.erase(new MemberId(memberId)))
							.then(Mono.defer(() -> this.audit.recordAs("member", memberId, "member.erase",
									memberId.toString()))))
						.then(LogContext.line(() -> log.info("member {} was erased", memberId))));
	}

	private Map<String, Object> begun() {
		Map<String, Object> copy = new LinkedHashMap<>();
		copy.put("copiedAt", BusinessTime.now(this.clock));
		return copy;
	}

	private Mono<UUID> lock(UUID memberId) {
		return this.database.sql("SELECT id FROM member WHERE id = :id FOR UPDATE")
			.bind("id", memberId)
			.mapValue(UUID.class)
			.one()
			.switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

}
