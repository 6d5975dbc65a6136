package cn.qingfeng.staff.account;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.UUID;

import cn.qingfeng.staff.account.StaffLoggingIn.LogIn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * What an account asks for besides its password. Each code is good for once.
 */
@Component
class SecondFactor {

	private final TotpRepository codes;

	private final TotpSecrets secrets;

	private final Clock clock;

	SecondFactor(TotpRepository codes, TotpSecrets secrets, Clock clock) {
		this.codes = codes;
		this.secrets = secrets;
		this.clock = clock;
	}

	/** Spends the code. True when the account asks for none. */
	Mono<Boolean> accepts(Credentials found, LogIn command) {
		if (!found.totp()) {
			return Mono.just(true);
		}
		UUID staffId = found.account().id();
		@Nullable String recovery = command.recoveryCode();
		return (recovery != null) ? this.codes.useRecoveryCode(staffId, recovery, this.clock.instant())
				: acceptsCode(staffId, String.valueOf(command.otp()));
	}

	private Mono<Boolean> acceptsCode(UUID staffId, String code) {
		return this.codes.find(staffId).flatMap((totp) -> {
			OptionalLong step = this.secrets.open(totp.sealed()).match(code, this.clock.instant());
			return step.isPresent() ? this.codes.accept(staffId, step.getAsLong()) : Mono.just(false);
		}).defaultIfEmpty(false);
	}

}
