package cn.qingfeng.wechat;

/**
 * A phone number that WeChat vouches for.
 *
 * @param countryCode without a plus sign, such as {@code 86}
 * @param number without the country code
 */
public record PhoneNumber(String countryCode, String number) {

	@Override
	public String toString() {
		return "PhoneNumber[***]";
	}

}
