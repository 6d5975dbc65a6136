package cn.qingfeng.member.roster;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.Phone;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Finds the active member whom somebody claims to be. Every way costs one query, whether
 * the number is unknown or only the name is wrong.
 */
@Component
public class RosterLookup {

	private static final String CHINA = "86";

	private static final int SAME_PHONE = 20;

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final Clock clock;

	RosterLookup(DatabaseClient database, PersonalData personalData, Clock clock) {
		this.database = database;
		this.personalData = personalData;
		this.clock = clock;
	}

	/** Two people of one name and one number cannot be told apart: neither is found. */
	public Mono<UUID> findByPhone(String countryCode, String number, PersonName name) {
		return Mono.justOrEmpty(Phone.parse(number))
			.filter((phone) -> countryCode.equals(CHINA))
			.flatMap((phone) -> withIndex(phone.index(this.personalData)))
			.mapNotNull((claims) -> only(claims, name));
	}

	/** The code must be unused and in time. */
	public Mono<UUID> findByBindingCode(BindingCode code, PersonName name) {
		return this.database.sql("""
				SELECT m.id, m.name FROM binding_code c JOIN member m ON m.id = c.member_id AND m.status = 'ACTIVE'
				WHERE c.code_digest = :digest AND c.used_at IS NULL AND c.expires_at > :now
				""")
			.bind("digest", code.digest(this.personalData))
			.bind("now", this.clock.instant())
			.mapProperties(Claim.class)
			.all()
			.collectList()
			.mapNotNull((claims) -> only(claims, name));
	}

	/** Keeps the member from leaving while being bound. */
	public Mono<UUID> lockActive(UUID memberId) {
		return this.database.sql("SELECT id FROM member WHERE id = :id AND status = 'ACTIVE' FOR UPDATE")
			.bind("id", memberId)
			.mapValue(UUID.class)
			.one();
	}

	/** Whether the code could still be used. */
	public Mono<Boolean> useUp(BindingCode code) {
		return this.database.sql("""
				UPDATE binding_code SET used_at = :now
				WHERE code_digest = :digest AND used_at IS NULL AND expires_at > :now
				""")
			.bind("digest", code.digest(this.personalData))
			.bind("now", this.clock.instant())
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	private Mono<List<Claim>> withIndex(byte[] index) {
		return this.database.sql("""
				SELECT id, name FROM member WHERE phone_index = :index AND status = 'ACTIVE' ORDER BY id LIMIT :most
				""").bind("index", index).bind("most", SAME_PHONE).mapProperties(Claim.class).all().collectList();
	}

	private static @Nullable UUID only(List<Claim> claims, PersonName name) {
		List<Claim> matching = claims.stream().filter((claim) -> claim.name().equals(name.value())).toList();
		return (matching.size() == 1) ? matching.getFirst().id() : null;
	}

	private record Claim(UUID id, String name) {

	}

}
