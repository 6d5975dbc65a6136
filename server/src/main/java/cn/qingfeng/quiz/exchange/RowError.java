package cn.qingfeng.quiz.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Why a question of a file cannot be taken.
 *
 * @param row where it begins in the file, from 1
 * @param column the column's heading, null when the whole row is meant
 * @param message in Chinese, for the person who has the file
 */
record RowError(int row, @Nullable String column, String message) {

}
