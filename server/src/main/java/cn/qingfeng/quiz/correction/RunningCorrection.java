package cn.qingfeng.quiz.correction;

import java.util.UUID;

import cn.qingfeng.quiz.RoundId;

/**
 * A correction whose attempts are being scored again; the newest of its round.
 *
 * @param id of the correction
 * @param roundId of the round
 * @param title of the round
 * @param keyVersion of the key from then on
 * @param proposedBy who found the mistake
 * @param approvedBy who approved the correction
 */
public record RunningCorrection(UUID id, RoundId roundId, String title, int keyVersion, UUID proposedBy,
		UUID approvedBy) {

}
