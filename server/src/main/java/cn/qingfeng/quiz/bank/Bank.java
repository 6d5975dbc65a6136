package cn.qingfeng.quiz.bank;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A bank of questions on one document.
 *
 * @param id of the bank
 * @param key for seeds and imports
 * @param title for staff
 * @param document full name of what it asks about
 * @param documentVersion its revision
 * @param questions how many
 */
public record Bank(UUID id, String key, String title, String document, @Nullable String documentVersion,
		int questions) {

}
