package cn.qingfeng.local.sandbox.control;

import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.registry.Person;

/**
 * A person as the control plane tells of them.
 *
 * @param openids by appid
 * @param follows by appid
 */
public record PersonView(String id, String name, String phone, String unionid, Map<String, String> openids,
		Map<String, Boolean> follows) {

	public static PersonView of(Person person) {
		Map<String, String> openids = new LinkedHashMap<>();
		Map<String, Boolean> follows = new LinkedHashMap<>();
		person.standings().forEach((appid, standing) -> {
			openids.put(appid, standing.openid());
			follows.put(appid, standing.follows());
		});
		return new PersonView(person.id(), person.name(), person.phone(), person.unionid(), openids, follows);
	}

}
