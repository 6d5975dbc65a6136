package cn.qingfeng.quiz.round;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.Question;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over all that reviewers sign of a round. Each field goes in with its length, so
 * no two contents give the same bytes.
 */
final class ContentHash {

	private final MessageDigest digest;

	private ContentHash() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	static String of(RoundDefinition definition, List<Candidate> candidates) {
		ContentHash hash = new ContentHash();
		hash.add(definition);
		candidates.forEach(hash::add);
		return HexFormat.of().formatHex(hash.digest.digest());
	}

	private void add(RoundDefinition definition) {
		add(definition.title());
		add(definition.description());
		add(definition.opensAt());
		add(definition.closesAt());
		add(definition.timeLimitMinutes());
		add(definition.attemptsAllowed());
		add(definition.passMark());
		add(definition.reviewPolicy());
		definition.rules().forEach(this::add);
	}

	private void add(Rule rule) {
		add(rule.bankId());
		add(rule.count());
		addAll(rule.kinds().stream().sorted().toList());
		addAll(rule.difficulties().stream().sorted().toList());
		// Rules without them keep the hash that was signed before there were any.
		if (!rule.tags().isEmpty() || rule.isFixed()) {
			addAll(rule.tags().stream().sorted().toList());
			addAll(rule.questionIds().stream().sorted().toList());
		}
	}

	private void add(Candidate candidate) {
		Question question = candidate.question();
		add(candidate.rule());
		add(question.id());
		add(question.kind());
		add(question.stem());
		question.options().forEach((option) -> add(option.text()));
		add(question.answerBits());
		if (question.kind().isWritten()) {
			add(question.parts().size());
			question.parts().forEach(this::add);
		}
		add(question.explanation());
		add(question.source().text());
	}

	private void add(Part part) {
		addAll(part.accepted());
		add(part.weight());
	}

	private void addAll(Collection<?> values) {
		add(values.size());
		values.forEach(this::add);
	}

	private void add(@Nullable Object value) {
		byte[] bytes = Objects.toString(value, "").getBytes(StandardCharsets.UTF_8);
		this.digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
		this.digest.update(bytes);
	}

}
