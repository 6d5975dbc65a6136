package cn.qingfeng.local.wechat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.member.DirectBinding;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.reactor.Startup;
import cn.qingfeng.seeds.roster.RosterGenerator;
import cn.qingfeng.seeds.roster.RosterPerson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Joins the sandbox's followers to the fictional roster, so that a push has recipients.
 * The first of the roster stay strangers to the server: theirs are the phones to try
 * logging in and binding with.
 */
class DemoFollowers implements ApplicationRunner, Ordered {

	static final int STRANGERS = 200;

	private static final Logger log = LoggerFactory.getLogger(DemoFollowers.class);

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final Sandbox sandbox;

	private final Members members;

	private final int rosterSize;

	DemoFollowers(Sandbox sandbox, Members members, int rosterSize) {
		this.sandbox = sandbox;
		this.members = members;
		this.rosterSize = rosterSize;
	}

	@Override
	public void run(ApplicationArguments args) {
		List<DirectBinding> bindings = bindings();
		Startup.await(this.members.bindDirectly(bindings), LIMIT);
		log.info("{} followers of the sandbox's account are bound", bindings.size());
	}

	private List<DirectBinding> bindings() {
		String appid = this.sandbox.apps().service().appid();
		List<RosterPerson> roster = RosterGenerator.generate(this.rosterSize);
		List<PersonView> people = this.sandbox.people().all();
		return IntStream.range(STRANGERS, Math.min(people.size(), roster.size()))
			.filter((index) -> people.get(index).follows().getOrDefault(appid, false))
			.mapToObj((index) -> binding(roster.get(index), people.get(index), appid))
			.toList();
	}

	private static DirectBinding binding(RosterPerson member, PersonView person, String appid) {
		String openid = person.openids().get(appid);
		if (openid == null || !member.phone().equals(person.phone())) {
			throw new IllegalStateException("The sandbox's people are not those of the roster");
		}
		return new DirectBinding(member.number(), appid, openid, person.unionid(), true);
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
