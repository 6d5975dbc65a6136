package cn.qingfeng.quiz.attempt;

import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.ReadyAnswer;

import org.springframework.stereotype.Component;

/**
 * Papers that this node has drawn, for the minute in which everybody opens the quiz.
 */
@Component
class ReadyPapers implements ReadyAnswer {

	private static final String BEFORE = "/api/v1/attempts/";

	private static final String AFTER = "/paper";

	private static final int ID = 36;

	private final Sheets sheets;

	ReadyPapers(Sheets sheets) {
		this.sheets = sheets;
	}

	@Override
	public boolean isFor(String path) {
		return path.length() == BEFORE.length() + ID + AFTER.length() && path.startsWith(BEFORE)
				&& path.endsWith(AFTER);
	}

	@Override
	public Optional<Body> find(String path, CurrentMember member) {
		return id(path.substring(BEFORE.length(), BEFORE.length() + ID)).flatMap(this.sheets::inMemory)
			.filter((sheet) -> sheet.attempt().memberId().equals(member.boundMemberId()))
			.map((sheet) -> new Body(sheet.prepared().json(), sheet.prepared().etag()));
	}

	private static Optional<UUID> id(String text) {
		try {
			return Optional.of(UUID.fromString(text));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
