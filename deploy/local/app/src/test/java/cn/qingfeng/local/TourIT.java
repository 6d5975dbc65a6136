package cn.qingfeng.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tour of the README, run as it stands there against what the one command starts.
 */
class TourIT {

	private static final Path README = Path.of("..", "..", "..", "README.md");

	private static final Pattern COMMANDS = Pattern.compile("^```bash tour\\n(.*?)^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	@TempDir
	Path folder;

	@Test
	void everyCommandOfTheReadmeDoesWhatTheReadmeSays() throws IOException, InterruptedException {
		try (LocalProcess server = LocalProcess.start(this.folder)) {
			String output = run(commands(), server);
			assertThat(output).as("the issue reaches a follower").contains("\"total\":4200").contains("\"title\":\"");
			assertThat(output).as("a member is bound, reads, answers and sees why").contains("李航");
			assertThat(output).as("a member is registered and checks in").contains("CONFIRMED").contains("月湖公园");
			assertThat(output).as("reminders of two years").contains("元旦").contains("春节").contains("中秋节");
			assertThat(output).as("the ledger knows what each member got")
				.contains("{\"key\":\"template-message\",\"count\":")
				.contains("\"groups\":[{\"key\":\"delivered\",\"count\":4200}]");
		}
	}

	private static String commands() throws IOException {
		return COMMANDS.matcher(Files.readString(README))
			.results()
			.map((MatchResult block) -> block.group(1))
			.collect(Collectors.joining("\n"));
	}

	private String run(String commands, LocalProcess server) throws IOException, InterruptedException {
		Path script = Files.writeString(this.folder.resolve("tour.sh"), "set -euo pipefail\n" + commands);
		Path output = this.folder.resolve("tour.log");
		ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().put("QF", server.url());
		builder.environment().put("WX", server.sandboxUrl());
		Process tour = builder.start();
		boolean ended = tour.waitFor(6, TimeUnit.MINUTES);
		tour.destroyForcibly();
		String said = Files.readString(output);
		assertThat(ended).as(said).isTrue();
		assertThat(tour.exitValue()).as(said).isZero();
		return said;
	}

}
