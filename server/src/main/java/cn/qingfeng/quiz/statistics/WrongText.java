package cn.qingfeng.quiz.statistics;

import java.util.UUID;

/**
 * What enough members wrote and was not accepted.
 *
 * @param questionId of the question
 * @param blank from 1; always 1 for a short answer
 * @param text in one width and case, without spaces
 * @param members who wrote it
 */
record WrongText(UUID questionId, int blank, String text, int members) {

}
