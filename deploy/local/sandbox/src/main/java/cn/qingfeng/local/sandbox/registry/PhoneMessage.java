package cn.qingfeng.local.sandbox.registry;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something in a chat, as the phone shows it.
 *
 * @param number grows with every message in the sandbox
 * @param kind article, template, subscription, text, image, menu or notice
 * @param mine whether the person said it
 * @param url where a tap leads
 * @param miniPage the page of a mini-program that a tap opens instead
 */
public record PhoneMessage(long number, String appid, Instant at, String kind, boolean mine, String title, String text,
		@Nullable String url, @Nullable String miniPage, List<Card> articles, List<Field> fields) {

	/** One article of a mass message. */
	public record Card(String title, String digest, String picture, String url) {
	}

	/** One line of a template message. */
	public record Field(String label, String value) {
	}

}
