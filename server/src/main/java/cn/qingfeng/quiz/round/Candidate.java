package cn.qingfeng.quiz.round;

import cn.qingfeng.quiz.bank.Question;

/**
 * A question that a rule of the round may draw.
 *
 * @param rule position of the rule
 * @param question with its key
 */
record Candidate(int rule, Question question) {

}
