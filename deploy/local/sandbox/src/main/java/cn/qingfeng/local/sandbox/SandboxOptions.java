package cn.qingfeng.local.sandbox;

import java.nio.file.Path;
import java.util.List;

import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.seeds.roster.RosterGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox starts.
 *
 * @param port where it listens on loopback; 0 takes a free one
 * @param seed what all ids grow from: the same people have the same openids
 * @param run what the ids that are given out anew grow from besides; give the same one to
 * repeat a run exactly
 * @param people who exists at the start
 * @param following the share of them that follows the public account at the start
 * @param apps the accounts it plays
 * @param memory the file in which it keeps its state from one start to the next; none
 * forgets
 */
public record SandboxOptions(int port, String seed, String run, List<Contact> people, double following,
		List<AppRegistration> apps, Timing timing, @Nullable Path memory) {

	private static final double MOST_PEOPLE = 0.9;

	/** A service account and a mini-program, nobody there yet, any free port. */
	public static SandboxOptions usual() {
		return new SandboxOptions(0, "qingfeng", Long.toString(System.currentTimeMillis(), 36), List.of(), MOST_PEOPLE,
				List.of(AppRegistration.service(), AppRegistration.mini()), Timing.usual(), null);
	}

	public SandboxOptions port(int newPort) {
		return new SandboxOptions(newPort, this.seed, this.run, this.people, this.following, this.apps, this.timing,
				this.memory);
	}

	public SandboxOptions run(String newRun) {
		return new SandboxOptions(this.port, this.seed, newRun, this.people, this.following, this.apps, this.timing,
				this.memory);
	}

	public SandboxOptions people(List<Contact> newPeople) {
		return new SandboxOptions(this.port, this.seed, this.run, List.copyOf(newPeople), this.following, this.apps,
				this.timing, this.memory);
	}

	/** The first of the seeds' fictional roster, with their phones in hand. */
	public SandboxOptions roster(int count) {
		return people(RosterGenerator.generate(count)
			.stream()
			.map((person) -> new Contact(person.name(), person.phone()))
			.toList());
	}

	public SandboxOptions following(double share) {
		return new SandboxOptions(this.port, this.seed, this.run, this.people, share, this.apps, this.timing,
				this.memory);
	}

	public SandboxOptions apps(List<AppRegistration> newApps) {
		return new SandboxOptions(this.port, this.seed, this.run, this.people, this.following, List.copyOf(newApps),
				this.timing, this.memory);
	}

	public SandboxOptions timing(Timing newTiming) {
		return new SandboxOptions(this.port, this.seed, this.run, this.people, this.following, this.apps, newTiming,
				this.memory);
	}

	public SandboxOptions memory(Path file) {
		return new SandboxOptions(this.port, this.seed, this.run, this.people, this.following, this.apps, this.timing,
				file);
	}

}
