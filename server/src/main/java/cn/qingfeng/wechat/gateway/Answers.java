package cn.qingfeng.wechat.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import me.chanjar.weixin.common.error.WxError;
import me.chanjar.weixin.common.error.WxErrorException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a call failed. What never left this machine was definitely not done; whatever
 * went wrong afterwards leaves the outcome open.
 */
final class Answers {

	private static final Pattern RID = Pattern.compile("rid: ?([0-9A-Za-z-]{1,64})");

	private static final int BUSY = -1;

	/** WxJava's own codes for input and output errors. */
	private static final Set<Integer> TRANSPORT = Set.of(-99, 99999);

	private static final int CLIP = 200;

	private Answers() {
	}

	static <T> WechatOutcome<T> of(Throwable error, WechatCall<T> call) {
		return switch (error) {
			case WxErrorException ex -> of(ex, call);
			case RejectedExecutionException ex -> held("all threads of lane %s are busy".formatted(call.lane()));
			case CredentialRefusedException ex -> ex.outcome();
			default -> transport(error);
		};
	}

	static <T> WechatOutcome<T> held(String message) {
		return new WechatOutcome.Refused<>(WechatErrorClass.RETRY, WechatOutcome.Refused.NOT_CALLED, message, "");
	}

	static String rid(String message) {
		Matcher matcher = RID.matcher(message);
		return matcher.find() ? matcher.group(1) : "";
	}

	static String clipped(String message) {
		return (message.length() <= CLIP) ? message : message.substring(0, CLIP);
	}

	private static <T> WechatOutcome<T> of(WxErrorException ex, WechatCall<T> call) {
		WxError error = ex.getError();
		int code = error.getErrorCode();
		if (TRANSPORT.contains(code)) {
			return transport(ex);
		}
		if (code == BUSY && !call.repeatable()) {
			return new WechatOutcome.Unknown<>("WeChat says it is busy and not whether it did it");
		}
		String message = message(error);
		return new WechatOutcome.Refused<>(WechatErrorClass.of(code), code, clipped(message), rid(message));
	}

	private static String message(WxError error) {
		String original = error.getErrorMsgEn();
		return String.valueOf((original != null) ? original : error.getErrorMsg());
	}

	private static <T> WechatOutcome<T> transport(Throwable error) {
		IOException cause = cause(error);
		if (cause == null) {
			return new WechatOutcome.Unknown<>("not readable: " + error.getClass().getSimpleName());
		}
		String name = cause.getClass().getSimpleName();
		return neverLeft(cause) ? held("not reachable: " + name) : new WechatOutcome.Unknown<>("no answer: " + name);
	}

	private static boolean neverLeft(IOException cause) {
		return switch (cause) {
			case ConnectException ex -> true;
			case UnknownHostException ex -> true;
			case NoRouteToHostException ex -> true;
			case ConnectTimeoutException ex -> true;
			case ConnectionRequestTimeoutException ex -> true;
			case SSLHandshakeException ex -> true;
			case SSLPeerUnverifiedException ex -> true;
			default -> false;
		};
	}

	private static @Nullable IOException cause(@Nullable Throwable error) {
		for (Throwable each = error; each != null; each = each.getCause()) {
			if (each instanceof IOException io) {
				return io;
			}
		}
		return null;
	}

}
