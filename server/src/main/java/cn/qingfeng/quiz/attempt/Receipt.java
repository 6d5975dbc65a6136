package cn.qingfeng.quiz.attempt;

/**
 * What a member gets who hands in.
 *
 * @param marked what the member may know now
 * @param json the contract's result as ready JSON; for reading only
 */
@SuppressWarnings("ArrayRecordComponent")
record Receipt(MarkedAttempt marked, byte[] json) {

}
