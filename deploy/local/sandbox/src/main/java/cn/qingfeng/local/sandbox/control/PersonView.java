package cn.qingfeng.local.sandbox.control;

import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.registry.Person;

/**
 * A person as the control plane tells of them.
 *
 * @param openids by appid
 * @param follows by appid
 * @param refuses by appid, whether the person takes no messages
 */
public record PersonView(String id, String name, String phone, String unionid, Map<String, String> openids,
		Map<String, Boolean> follows, Map<String, Boolean> refuses) {

	public static PersonView of(Person person) {
		Map<String, String> openids = new LinkedHashMap<>();
		Map<String, Boolean> follows = new LinkedHashMap<>();
		Map<String, Boolean> refuses = new LinkedHashMap<>();
		person.standings().forEach((appid, standing) -> {
			openids.put(appid, standing.openid());
			follows.put(appid, standing.follows());
			refuses.put(appid, standing.refusesMessages());
		});
		return new PersonView(person.id(), person.name(), person.phone(), person.unionid(), openids, follows, refuses);
	}

}
