package cn.qingfeng.member;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * What other features may know of members.
 */
@Service
public class Members {

	private static final UUID BEFORE_ALL = new UUID(0, 0);

	private static final int ROWS_AT_ONCE = 1_000;

	private final DatabaseClient database;

	private final WechatProperties wechat;

	private final IdGenerator ids;

	private final Clock clock;

	Members(DatabaseClient database, WechatProperties wechat, IdGenerator ids, Clock clock) {
		this.database = database;
		this.wechat = wechat;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * How to show a member, also one who left.
	 * @param id which
	 * @return empty when there is none
	 */
	public Mono<MemberName> find(MemberId id) {
		return names(List.of(id.value())).mapNotNull((names) -> names.get(id.value()));
	}

	/**
	 * How to show members, also those who left.
	 * @param ids of members, in any number
	 * @return the names of those that exist
	 */
	public Mono<Map<UUID, MemberName>> names(Collection<UUID> ids) {
		return this.database.sql("""
				SELECT m.id, m.name, u.id AS unit_id, u.name AS unit_name
				FROM member m JOIN unit u ON u.id = m.unit_id
				WHERE m.id = ANY (:ids)
				""")
			.bind("ids", ids.toArray(UUID[]::new))
			.mapProperties(NameRow.class)
			.all()
			.collectMap(NameRow::id, NameRow::toName);
	}

	/**
	 * Active members and how to reach them, in the order of their ids.
	 * @param afterMemberId the last one of the page before, null for the first
	 * @param limit how many
	 * @return at most that many; fewer mean the end
	 */
	public Mono<List<MemberReach>> reach(@Nullable UUID afterMemberId, int limit) {
		return this.database.sql("""
				SELECT m.id AS member_id, m.name, a.openid AS service_openid, coalesce(a.follows, false) AS follows,
					p.openid AS mini_program_openid
				FROM member m LEFT JOIN wechat_account a ON a.member_id = m.id AND a.appid = :appid
					LEFT JOIN wechat_account p ON p.member_id = m.id AND p.appid = :miniProgram
				WHERE m.status = 'ACTIVE' AND m.id > :after
				ORDER BY m.id LIMIT :limit
				""")
			.bind("appid", this.wechat.mp().appId())
			.bind("miniProgram", this.wechat.miniProgram().appId())
			.bind("after", Objects.requireNonNullElse(afterMemberId, BEFORE_ALL))
			.bind("limit", limit)
			.mapProperties(MemberReach.class)
			.all()
			.collectList();
	}

	/**
	 * Who a member is for WeChat.
	 * @param id which
	 * @return the openids of the accounts that the member is bound in
	 */
	public Mono<Map<WechatAccount, String>> openids(MemberId id) {
		return this.database.sql("SELECT appid, openid FROM wechat_account WHERE member_id = :id")
			.bind("id", id.value())
			.mapProperties(AccountRow.class)
			.all()
			.collectList()
			.map(this::byAccount);
	}

	private Map<WechatAccount, String> byAccount(List<AccountRow> rows) {
		Map<WechatAccount, String> openids = new EnumMap<>(WechatAccount.class);
		for (WechatAccount account : WechatAccount.values()) {
			String appid = this.wechat.of(account).appId();
			rows.stream()
				.filter((row) -> row.appid().equals(appid))
				.forEach((row) -> openids.put(account, row.openid()));
		}
		return openids;
	}

	/** How many active members there are. */
	public Mono<Long> count() {
		return this.database.sql("SELECT count(*) FROM member WHERE status = :active")
			.bind("active", "ACTIVE")
			.mapValue(Long.class)
			.one();
	}

	/**
	 * Joins WeChat accounts to members without asking anybody, for a demonstration.
	 * Accounts and members that are joined already stay as they are, so that it may be
	 * asked again at every start.
	 * @param bindings in any number; unknown members are left out
	 * @return completes when stored
	 */
	public Mono<Void> bindDirectly(Collection<DirectBinding> bindings) {
		return Flux.fromIterable(bindings).buffer(ROWS_AT_ONCE).concatMap(this::insert).then();
	}

	private Mono<Void> insert(List<DirectBinding> bindings) {
		return this.database
			.sql("""
					INSERT INTO wechat_account (id, appid, openid, unionid, member_id, bound_at, follows, text_size, created_at)
					SELECT b.id, b.appid, b.openid, nullif(b.unionid, ''), m.id, :now, b.follows, 'standard', :now
					FROM unnest(:ids, :numbers, :appids, :openids, :unionids, :follows)
						AS b (id, number, appid, openid, unionid, follows)
					JOIN member m ON m.number = b.number
					ON CONFLICT DO NOTHING
					""")
			.bind("now", this.clock.instant())
			.bind("ids", column(bindings, (binding) -> this.ids.next()).toArray(UUID[]::new))
			.bind("numbers", column(bindings, DirectBinding::memberNumber).toArray(String[]::new))
			.bind("appids", column(bindings, DirectBinding::appid).toArray(String[]::new))
			.bind("openids", column(bindings, DirectBinding::openid).toArray(String[]::new))
			.bind("unionids",
					column(bindings, (binding) -> Objects.requireNonNullElse(binding.unionid(), ""))
						.toArray(String[]::new))
			.bind("follows", column(bindings, DirectBinding::follows).toArray(Boolean[]::new))
			.then();
	}

	private static <T> List<T> column(List<DirectBinding> bindings, Function<DirectBinding, T> value) {
		List<T> column = new ArrayList<>(bindings.size());
		bindings.forEach((binding) -> column.add(value.apply(binding)));
		return column;
	}

	private record AccountRow(String appid, String openid) {

	}

	private record NameRow(UUID id, String name, UUID unitId, String unitName) {

		MemberName toName() {
			return new MemberName(new MemberId(this.id), this.name, new UnitId(this.unitId), this.unitName);
		}

	}

}
