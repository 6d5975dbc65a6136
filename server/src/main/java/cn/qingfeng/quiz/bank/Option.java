package cn.qingfeng.quiz.bank;

/**
 * One option of a question.
 *
 * @param key unique in its question, for staff
 * @param text for members
 */
public record Option(String key, String text) {

}
