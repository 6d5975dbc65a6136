package cn.qingfeng.quiz.bank;

public enum QuestionKind {

	SINGLE, MULTIPLE, TRUE_FALSE

}
