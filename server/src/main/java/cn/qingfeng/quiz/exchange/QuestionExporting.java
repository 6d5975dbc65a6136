package cn.qingfeng.quiz.exchange;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.bank.Banks;
import cn.qingfeng.quiz.bank.Question;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Writes a bank into a file.
 */
@Service
class QuestionExporting {

	private final Banks banks;

	private final Audit audit;

	QuestionExporting(Banks banks, Audit audit) {
		this.banks = banks;
		this.audit = audit;
	}

	/** The whole bank with its keys; 404 for none. */
	Mono<Exported> export(UUID bankId, QuestionFileFormat format) {
		return this.banks.find(bankId)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((bank) -> this.audit.record("question-bank.export", bankId.toString())
				.then(this.banks.questions(bankId))
				.map((questions) -> new Exported(bank.key() + "." + format.ending(), format.write(drafts(questions)))));
	}

	private static List<DraftQuestion> drafts(List<Question> questions) {
		return questions.stream().map(QuestionExporting::draft).toList();
	}

	private static DraftQuestion draft(Question question) {
		List<Integer> answer = IntStream.range(0, question.options().size())
			.filter((i) -> question.answer().contains(question.options().get(i).key()))
			.boxed()
			.toList();
		return new DraftQuestion(1, question.kind(), question.stem(),
				question.options().stream().map((option) -> option.text()).toList(), answer, question.parts(),
				question.explanation(), question.source().document(), question.source().clause(), question.difficulty(),
				question.tags());
	}

	/**
	 * A file.
	 *
	 * @param name with its ending
	 * @param bytes all of it
	 */
	record Exported(String name, byte[] bytes) {

	}

}
