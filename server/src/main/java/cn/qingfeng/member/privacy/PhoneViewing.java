package cn.qingfeng.member.privacy;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * Shows the phone number of a member in clear to staff who say why.
 */
@Service
class PhoneViewing {

	private final DatabaseClient database;

	private final PersonalData personalData;

	private final PersonalDataViews views;

	private final Units units;

	private final Transactions transactions;

	PhoneViewing(DatabaseClient database, PersonalData personalData, PersonalDataViews views, Units units,
			Transactions transactions) {
		this.database = database;
		this.personalData = personalData;
		this.views = views;
		this.units = units;
		this.transactions = transactions;
	}

	/** 404 when the member is not of a unit of the caller's. */
	Mono<String> view(UUID memberId, String purpose) {
		return CurrentStaff.mono()
			.flatMap((staff) -> this.units.tree().map((tree) -> tree.scope(staff.units())))
			.flatMap((scope) -> find(memberId, scope.toArray(UUID[]::new)))
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((sealed) -> this.transactions
				.inTransaction(Mono.defer(() -> this.views.record(List.of(memberId), "phone", purpose)))
				.then(Mono.fromSupplier(() -> this.personalData.open(sealed, "member.phone:" + memberId))));
	}

	private Mono<SealedText> find(UUID memberId, UUID[] units) {
		return this.database.sql("""
				SELECT phone_key AS key_id, phone_cipher AS bytes FROM member
				WHERE id = :id AND unit_id = ANY (:units) AND phone_key <> ''
				""").bind("id", memberId).bind("units", units).mapProperties(SealedText.class).one();
	}

}
