package cn.qingfeng.wechat;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How to reach WeChat, and as whom.
 *
 * @param apiHost where WeChat's API answers
 * @param openHost where the consent page is
 * @param mpHost where QR pictures are
 * @param publicBaseUrl our own address as phones see it, without a path
 * @param callTimeout when a caller stops waiting for one call
 * @param uploadTimeout the same for pictures and drafts
 * @param callbackTolerance how far the timestamp of a callback may be from our clock
 * @param unsafeCallbacks lets accounts of the real WeChat use another mode than
 * {@code SAFE}, in which one observed address signs any body
 * @param mp the public account
 * @param miniProgram the mini-program
 */
@ConfigurationProperties("qingfeng.wechat")
@Validated
public record WechatProperties(@DefaultValue("https://api.weixin.qq.com") URI apiHost,
		@DefaultValue("https://open.weixin.qq.com") URI openHost, @DefaultValue("https://mp.weixin.qq.com") URI mpHost,
		@NotNull URI publicBaseUrl, @DefaultValue("8s") Duration callTimeout,
		@DefaultValue("40s") Duration uploadTimeout, @DefaultValue("10m") Duration callbackTolerance,
		@DefaultValue("false") boolean unsafeCallbacks, @NotNull @Valid Account mp,
		@NotNull @Valid Account miniProgram) {

	private static final String REAL = "api.weixin.qq.com";

	@AssertTrue(message = "callbacks of the real WeChat must be SAFE unless unsafe-callbacks is true")
	public boolean isSafeEnough() {
		return this.unsafeCallbacks || !REAL.equals(this.apiHost.getHost())
				|| isSafe(this.mp) && isSafe(this.miniProgram);
	}

	public Account of(WechatAccount account) {
		return switch (account) {
			case MP -> this.mp;
			case MINI_PROGRAM -> this.miniProgram;
		};
	}

	/**
	 * A text of the starting content or of an editor with our address and appid in it.
	 */
	public String filled(String text) {
		return text.replace("{{publicUrl}}", this.publicBaseUrl.toString())
			.replace("{{miniAppId}}", this.miniProgram.appId());
	}

	private static boolean isSafe(@Nullable Account account) {
		return account == null || account.mode() == CallbackMode.SAFE;
	}

	/**
	 * One account as its console shows it.
	 *
	 * @param appId the AppID
	 * @param secret the AppSecret
	 * @param token the Token of the message push
	 * @param aesKey the EncodingAESKey of the message push
	 * @param mode how callbacks are protected; anything but {@code SAFE} lets one
	 * observed address sign any body
	 * @param format what callbacks look like; a public account has only XML
	 */
	public record Account(@NotBlank String appId, @NotBlank String secret,
			@NotBlank @Pattern(regexp = "[A-Za-z0-9]{3,32}") String token,
			@NotBlank @Pattern(regexp = "[A-Za-z0-9]{43}") String aesKey, @DefaultValue("SAFE") CallbackMode mode,
			@DefaultValue("XML") CallbackFormat format) {

		@Override
		public String toString() {
			return "Account[%s]".formatted(this.appId);
		}

	}

	/**
	 * How WeChat protects callbacks.
	 */
	public enum CallbackMode {

		PLAIN, COMPATIBLE, SAFE

	}

	/**
	 * What callbacks look like.
	 */
	public enum CallbackFormat {

		XML, JSON

	}

}
