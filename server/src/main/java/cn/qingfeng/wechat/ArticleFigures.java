package cn.qingfeng.wechat;

import java.time.LocalDate;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What WeChat counted on one day, of one article or of the whole account. It never tells
 * who read.
 *
 * @param day the day that was counted
 * @param msgDataId of the mass send or publication the article belongs to; nothing for
 * the whole account
 * @param part which article of it, from one
 * @param counts by WeChat's names, such as {@code read_user}
 */
public record ArticleFigures(LocalDate day, @Nullable String msgDataId, int part, Map<String, Long> counts) {

	public ArticleFigures {
		counts = Map.copyOf(counts);
	}

}
