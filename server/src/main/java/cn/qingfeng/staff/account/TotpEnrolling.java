package cn.qingfeng.staff.account;

import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.security.Tokens;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * One-time codes for those who want them. A secret counts from the moment its owner has
 * shown a code of it; ten recovery codes, each good for once, stand in for a lost phone.
 */
@Service
class TotpEnrolling {

	private static final int RECOVERY_CODES = 10;

	private static final int RECOVERY_BYTES = 5;

	private final TotpRepository codes;

	private final TotpSecrets secrets;

	private final PasswordProof proof;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	TotpEnrolling(TotpRepository codes, TotpSecrets secrets, PasswordProof proof, Audit audit,
			Transactions transactions, Clock clock) {
		this.codes = codes;
		this.secrets = secrets;
		this.proof = proof;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** A new secret, shown once; nothing changes until it is confirmed. */
	Mono<Offer> offer(String password) {
		return this.proof.ofCurrent(password).flatMap((account) -> {
			Totp totp = this.secrets.random();
			return this.codes.offer(account.id(), this.secrets.seal(totp))
				.filter((offered) -> offered)
				.switchIfEmpty(Mono.error(ConflictProblem::new))
				.thenReturn(new Offer(totp.base32(), totp.uri(account.username())));
		});
	}

	/** The recovery codes, shown once. */
	Mono<List<String>> confirm(String code) {
		Instant now = this.clock.instant();
		List<String> recovery = Stream.generate(TotpEnrolling::recoveryCode).limit(RECOVERY_CODES).toList();
		return CurrentStaff.mono()
			.flatMap((staff) -> this.codes.find(staff.staffId())
				.filter((totp) -> !totp.confirmed())
				.switchIfEmpty(Mono.error(ConflictProblem::new))
				.map((totp) -> step(this.secrets.open(totp.sealed()), code, now))
				.flatMap((step) -> confirm(staff.staffId(), step, recovery)))
			.thenReturn(recovery);
	}

	/** Of one's own, with the password. */
	Mono<Void> remove(String password) {
		return this.proof.ofCurrent(password).flatMap((account) -> remove(account.id()));
	}

	/** By an administrator, for somebody whose phone is gone. */
	Mono<Void> remove(UUID staffId) {
		return this.transactions
			.inTransaction(this.codes.remove(staffId).then(this.audit.record("staff.totp-remove", staffId.toString())));
	}

	private Mono<Void> confirm(UUID staffId, long step, List<String> recovery) {
		return this.transactions.inTransaction(this.codes.confirm(staffId, step)
			.then(this.codes.replaceRecoveryCodes(staffId, recovery))
			.then(this.audit.record("staff.totp-enrol", staffId.toString())));
	}

	private static long step(Totp totp, String code, Instant now) {
		OptionalLong step = totp.match(code, now);
		return step.orElseThrow(() -> Violations.of("otp", "动态口令不正确，请核对手机时间后重试"));
	}

	private static String recoveryCode() {
		String hex = HexFormat.of().formatHex(Tokens.digest(Tokens.random()), 0, RECOVERY_BYTES);
		return hex.substring(0, RECOVERY_BYTES) + "-" + hex.substring(RECOVERY_BYTES);
	}

	/**
	 * What an authenticator app needs.
	 *
	 * @param secret in Base32, to be typed
	 * @param uri to be scanned
	 */
	record Offer(String secret, String uri) {

		@Override
		public String toString() {
			return "Offer[***]";
		}

	}

}
