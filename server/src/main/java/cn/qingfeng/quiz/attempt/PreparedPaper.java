package cn.qingfeng.quiz.attempt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import cn.qingfeng.platform.security.Tokens;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * A paper as ready JSON, written once and sent as often as it is asked for. It holds no
 * key.
 */
final class PreparedPaper {

	private final byte[] json;

	private final int questionsAt;

	private final String etag;

	private PreparedPaper(byte[] json, int questionsAt) {
		this.json = json;
		this.questionsAt = questionsAt;
		this.etag = etag(json);
	}

	/**
	 * Puts it together.
	 * @param attempt whose it is
	 * @param questions as a JSON array
	 */
	static PreparedPaper of(Attempt attempt, byte[] questions) {
		byte[] head = "{\"attemptId\":\"%s\",\"quizId\":\"%s\",\"questions\":"
			.formatted(attempt.id(), attempt.roundId().value())
			.getBytes(StandardCharsets.US_ASCII);
		byte[] json = ByteBuffer.allocate(head.length + questions.length + 1)
			.put(head)
			.put(questions)
			.put((byte) '}')
			.array();
		return new PreparedPaper(json, head.length);
	}

	/** For reading only. */
	byte[] json() {
		return this.json;
	}

	/** The array of questions, to be written into another document. */
	SerializableString questions() {
		int length = this.json.length - 1 - this.questionsAt;
		return new SerializedString(new String(this.json, this.questionsAt, length, StandardCharsets.UTF_8));
	}

	String etag() {
		return this.etag;
	}

	private static String etag(byte[] json) {
		byte[] digest = Tokens.sha256().digest(json);
		return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22) + "\"";
	}

}
