package cn.qingfeng.member.roster;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a column of a roster tells, and the headers under which units keep it.
 */
enum RosterField {

	/** The number in the roster. */
	NUMBER("编号", "工号", "党员编号", "人员编号"),

	/** The name of the person. */
	NAME("姓名", "党员姓名", "人员姓名"),

	/** The mobile number. */
	PHONE("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话", "移动电话", "本人手机"),

	/** The unit by its name. */
	UNIT("单位", "所在单位", "单位名称", "工作单位", "党组织", "所在党组织", "党组织名称", "所在党支部"),

	/** The post in the branch. */
	POSITION("职务", "党内职务", "现任职务"),

	/** When the person joined the Party. */
	JOINED_ON("入党时间", "入党日期", "入党年月"),

	/** The identity number. */
	ID_NUMBER("身份证号", "身份证", "身份证号码", "公民身份号码", "证件号码");

	private final List<String> headers;

	RosterField(String... headers) {
		this.headers = List.of(headers);
	}

	/** How it is called when the file has no such column. */
	String header() {
		return this.headers.getFirst();
	}

	/** Reads a header: without blanks, stars and what stands in brackets. */
	static Optional<RosterField> of(String header) {
		String plain = Normalizer.normalize(header, Normalizer.Form.NFKC).replaceAll("\\(.*?\\)|[\\s*:]", "");
		return Arrays.stream(values()).filter((field) -> field.headers.contains(plain)).findFirst();
	}

}
