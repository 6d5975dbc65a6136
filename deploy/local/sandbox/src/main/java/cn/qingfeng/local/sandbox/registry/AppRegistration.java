package cn.qingfeng.local.sandbox.registry;

import org.jspecify.annotations.Nullable;

/**
 * An account as its owner set it up. The two made here are linked by one open platform
 * account, so that a person has one unionid in both.
 *
 * @param originalId the account's gh_ id, the sender of its callbacks
 * @param openPlatformId accounts with the same value share unionids
 * @param callbackUrl where messages and events go; none means nowhere yet
 */
public record AppRegistration(String appid, AppKind kind, String name, String originalId, boolean certified,
		String secret, String token, String aesKey, CallbackMode mode, CallbackFormat format, String openPlatformId,
		@Nullable String callbackUrl) {

	public static final String SERVICE_APPID = "wx5f0c1e7b9d246831";

	public static final String MINI_APPID = "wxa27d94c8e05b1f36";

	private static final String OPEN_PLATFORM = "qingfeng-open-platform";

	/** The certified service account: callbacks in safe mode, XML. */
	public static AppRegistration service() {
		return new AppRegistration(SERVICE_APPID, AppKind.SERVICE, "莱西清风", "gh_5f0c1e7b9d24", true,
				"5a9d0b7c3e1f48269ab4c7d20e6f1835", "qingfengservice", "Qf7ServiceSandboxKey0000000000000000000000A",
				CallbackMode.SAFE, CallbackFormat.XML, OPEN_PLATFORM, null);
	}

	/** The mini-program: callbacks in safe mode, JSON. */
	public static AppRegistration mini() {
		return new AppRegistration(MINI_APPID, AppKind.MINI, "清风莱西", "gh_a27d94c8e05b", true,
				"c3e81f60b27d4a959ef0d1847b6a2c53", "qingfengmini", "Qf7MiniSandboxKey0000000000000000000000000A",
				CallbackMode.SAFE, CallbackFormat.JSON, OPEN_PLATFORM, null);
	}

	public AppRegistration withCallbackUrl(@Nullable String url) {
		return new AppRegistration(this.appid, this.kind, this.name, this.originalId, this.certified, this.secret,
				this.token, this.aesKey, this.mode, this.format, this.openPlatformId, url);
	}

}
