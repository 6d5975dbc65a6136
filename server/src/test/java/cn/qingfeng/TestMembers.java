package cn.qingfeng;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.Phone;
import cn.qingfeng.member.privacy.SealedText;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Members of a test's own: {@code members.add("王小明")} makes an active one with a phone
 * that nobody else has, in a unit of the seeds.
 */
public class TestMembers {

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final Clock clock;

	TestMembers(DatabaseClient database, PersonalData personalData, Clock clock) {
		this.database = database;
		this.personalData = personalData;
		this.clock = clock;
	}

	public TestMember add(String name) {
		return add(name, "audit");
	}

	public TestMember add(String name, String unitKey) {
		return add(name, unitKey, "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)));
	}

	public TestMember add(String name, String unitKey, String digits) {
		UUID id = UUID.randomUUID();
		Phone phone = new Phone(digits);
		SealedText sealed = phone.seal(this.personalData, id);
		String number = "T" + id;
		this.database
			.sql("""
					INSERT INTO member (id, number, name, unit_id, status, phone_cipher, phone_key, phone_index, phone_masked,
						created_at, updated_at)
					SELECT :id, :number, :name, u.id, 'ACTIVE', :cipher, :key, :index, :masked, :now, :now
					FROM unit u WHERE u.key = :unit
					""")
			.bind("id", id)
			.bind("number", number)
			.bind("name", name)
			.bind("cipher", sealed.bytes())
			.bind("key", sealed.keyId())
			.bind("index", phone.index(this.personalData))
			.bind("masked", phone.masked())
			.bind("now", this.clock.instant())
			.bind("unit", unitKey)
			.then()
			.block();
		return new TestMember(id, number, name, digits);
	}

	/** A member. */
	public record TestMember(UUID id, String number, String name, String phone) {

	}

}
