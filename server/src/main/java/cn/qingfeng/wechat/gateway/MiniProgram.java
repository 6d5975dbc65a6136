package cn.qingfeng.wechat.gateway;

import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.bean.WxMaPhoneNumberInfo;
import cn.qingfeng.wechat.MiniProgramIdentity;
import cn.qingfeng.wechat.PhoneNumber;
import me.chanjar.weixin.common.error.WxErrorException;

/**
 * What the mini-program does through WxJava, blocking, in our own types.
 */
public class MiniProgram {

	private final MaService service;

	private final String appId;

	MiniProgram(MaService service, String appId) {
		this.service = service;
		this.appId = appId;
	}

	public MiniProgramIdentity login(String code) throws WxErrorException {
		WxMaJscode2SessionResult answer = this.service.getUserService().getSessionInfo(code);
		return new MiniProgramIdentity(Values.present(answer.getOpenid(), "openid"),
				Values.orNull(answer.getUnionid()));
	}

	public PhoneNumber phoneNumber(String code) throws WxErrorException {
		WxMaPhoneNumberInfo answer = this.service.getUserService().getPhoneNumber(code);
		if (answer.getWatermark() == null || !this.appId.equals(answer.getWatermark().getAppid())) {
			throw new IllegalStateException("the phone number is not for this mini-program");
		}
		return new PhoneNumber(Values.present(answer.getCountryCode(), "countryCode"),
				Values.present(answer.getPurePhoneNumber(), "purePhoneNumber"));
	}

}
