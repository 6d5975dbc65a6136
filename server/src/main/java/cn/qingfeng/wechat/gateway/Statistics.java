package cn.qingfeng.wechat.gateway;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.wechat.ArticleFigures;
import cn.qingfeng.wechat.Figures;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The data cube's newer calls, which WxJava does not have, blocking. What they count
 * grows without notice, so all that is a number is kept by its name.
 */
@Component
public class Statistics {

	private final Wire wire;

	Statistics(Wire publicAccountWire) {
		this.wire = publicAccountWire;
	}

	public Figures of(Endpoint endpoint, LocalDate from, LocalDate to) throws WxErrorException {
		Map<String, String> span = Map.of("begin_date", from.toString(), "end_date", to.toString());
		Answer answer = this.wire.post(endpoint, span, Answer.class);
		List<Row> rows = (answer.list() != null) ? answer.list() : List.of();
		return new Figures(rows.stream().flatMap(Row::read).toList(), answer.isDelay());
	}

	private record Answer(@Nullable List<Row> list, boolean isDelay) {

	}

	private record Row(LocalDate refDate, @Nullable String msgid, @Nullable Map<String, Object> detail,
			@Nullable List<Map<String, Object>> detailList) {

		Stream<ArticleFigures> read() {
			return (this.detailList != null) ? this.detailList.stream().map(this::read)
					: Stream.ofNullable(this.detail).map(this::read);
		}

		/** A {@code msgid} is the id of the send, an underscore and the place in it. */
		private ArticleFigures read(Map<String, Object> counted) {
			String[] parts = (this.msgid != null) ? this.msgid.split("_", 2) : new String[0];
			LocalDate day = (counted.get("stat_date") instanceof String date) ? LocalDate.parse(date) : this.refDate;
			return new ArticleFigures(day, (parts.length > 0) ? parts[0] : null,
					(parts.length > 1) ? Integer.parseInt(parts[1]) : 0, numbers(counted));
		}

		private static Map<String, Long> numbers(Map<String, Object> counted) {
			return counted.entrySet()
				.stream()
				.filter((each) -> each.getValue() instanceof Number)
				.collect(Collectors.toMap(Map.Entry::getKey, (each) -> ((Number) each.getValue()).longValue()));
		}

	}

}
