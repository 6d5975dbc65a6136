package cn.qingfeng.quiz.attempt;

import cn.qingfeng.contract.member.model.Practice;
import cn.qingfeng.contract.member.model.PracticeVerdict;
import cn.qingfeng.contract.member.model.QuizName;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.attempt.MistakePractising.Verdict;
import cn.qingfeng.quiz.attempt.MistakesBook.Drawn;
import cn.qingfeng.quiz.bank.Written;

import org.springframework.stereotype.Component;

/**
 * The mistakes book as the contract writes it.
 */
@Component
class MistakeBodies {

	private final AttemptMapper mapper;

	MistakeBodies(AttemptMapper mapper) {
		this.mapper = mapper;
	}

	cn.qingfeng.contract.member.model.Mistake mistake(Mistake mistake) {
		cn.qingfeng.contract.member.model.Mistake body = new cn.qingfeng.contract.member.model.Mistake();
		body.setQuestion(this.mapper.question(mistake.question()));
		body.setQuiz(new QuizName(mistake.roundId().value(), mistake.roundTitle()));
		body.setChosen(mistake.chosenIds());
		body.setText(mistake.text());
		body.setKey(mistake.keyIds());
		body.setAccepted(mistake.key().accepted());
		body.setExplanation(mistake.key().explanation());
		body.setSource(mistake.key().source());
		body.setAnsweredAt(BusinessTime.at(mistake.answeredAt()));
		body.setMastered(mistake.isMastered());
		return body;
	}

	Practice practice(Drawn drawn) {
		return new Practice(drawn.questions().stream().map(this.mapper::question).toList(), drawn.remaining());
	}

	PracticeVerdict verdict(Verdict verdict) {
		Mistake mistake = verdict.mistake();
		return new PracticeVerdict(verdict.correct(), Written.percent(verdict.credit()), mistake.keyIds(),
				mistake.key().accepted(), mistake.key().explanation(), mistake.key().source(), verdict.mastered());
	}

}
