package cn.qingfeng.member.identity;

import java.time.LocalTime;
import java.util.Optional;

import cn.qingfeng.contract.member.MeApi;
import cn.qingfeng.contract.member.model.BindingRequest;
import cn.qingfeng.contract.member.model.Member;
import cn.qingfeng.contract.member.model.Preferences;
import cn.qingfeng.contract.member.model.Profile;
import cn.qingfeng.contract.member.model.QuietHours;
import cn.qingfeng.member.identity.RosterBinding.Bind;
import cn.qingfeng.member.roster.BindingCode;
import cn.qingfeng.member.roster.PersonName;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.wechat.WechatProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class MeController implements MeApi {

	private final RosterBinding binding;

	private final AccountRepository accounts;

	private final WechatProperties wechat;

	MeController(RosterBinding binding, AccountRepository accounts, WechatProperties wechat) {
		this.binding = binding;
		this.accounts = accounts;
		this.wechat = wechat;
	}

	@Override
	public Mono<ResponseEntity<Profile>> getMe(ServerWebExchange exchange) {
		return CurrentMember.mono()
			.flatMap((current) -> this.accounts.follows(current.accountId(), this.wechat.mp().appId())
				.flatMap((follows) -> this.accounts.findProfile(current.accountId())
					.map(Optional::of)
					.defaultIfEmpty(Optional.empty())
					.map((profile) -> profile(profile.orElse(null), follows))))
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Member>> bind(Mono<BindingRequest> request, ServerWebExchange exchange) {
		return request.map(MeController::command)
			.flatMap(this.binding::bind)
			.map((profile) -> ResponseEntity.ok(MemberViews.of(profile)));
	}

	@Override
	public Mono<ResponseEntity<Void>> unbind(ServerWebExchange exchange) {
		return this.binding.unbind().thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Preferences>> getPreferences(ServerWebExchange exchange) {
		return CurrentMember.mono()
			.flatMap((current) -> this.accounts.findPreferences(current.accountId()))
			.switchIfEmpty(Mono.error(UnauthenticatedProblem::new))
			.map((preferences) -> ResponseEntity.ok(view(preferences)));
	}

	@Override
	public Mono<ResponseEntity<Preferences>> putPreferences(Mono<Preferences> request, ServerWebExchange exchange) {
		return request.map(MeController::preferences)
			.flatMap((preferences) -> CurrentMember.mono()
				.flatMap((current) -> this.accounts.save(current.accountId(), preferences))
				.thenReturn(ResponseEntity.ok(view(preferences))));
	}

	private static Bind command(BindingRequest request) {
		String code = request.getBindingCode();
		return new Bind(PersonName.of(request.getName()), request.getPhoneCode(),
				(code != null) ? BindingCode.of(code) : null, request.getPrivacyNotice());
	}

	private static Profile profile(@Nullable MemberProfile member, boolean follows) {
		return new Profile().member(MemberViews.orNull(member)).follows(follows);
	}

	private static MemberPreferences preferences(Preferences request) {
		QuietHours quiet = request.getQuietHours();
		return MemberPreferences.of(request.getTextSize().getValue(),
				(quiet != null) ? LocalTime.parse(quiet.getFrom()) : null,
				(quiet != null) ? LocalTime.parse(quiet.getTo()) : null);
	}

	private static Preferences view(MemberPreferences preferences) {
		LocalTime from = preferences.quietFrom();
		LocalTime to = preferences.quietTo();
		QuietHours quiet = (from != null && to != null) ? new QuietHours(from.toString(), to.toString()) : null;
		return new Preferences(Preferences.TextSizeEnum.fromValue(preferences.textSize())).quietHours(quiet);
	}

}
