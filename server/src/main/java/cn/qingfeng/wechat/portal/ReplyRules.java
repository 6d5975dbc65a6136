package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.wechat.portal.ReplyBook.Occasion;
import cn.qingfeng.wechat.portal.ReplyBook.Rule;

/**
 * What WeChat would not show, found before somebody waits for it in vain.
 */
final class ReplyRules {

	private static final int LONGEST_TEXT = 2_048;

	private static final int LONGEST_KEY = 128;

	private static final Set<Occasion> ONCE = Set.of(Occasion.FOLLOW, Occasion.UNBOUND, Occasion.OTHERWISE);

	private static final Set<Occasion> TO_STAFF = Set.of(Occasion.KEYWORD, Occasion.OTHERWISE);

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}&&[^\n]]");

	private final UnaryOperator<String> filled;

	private final Violations violations = new Violations();

	private final Set<Occasion> seen = new HashSet<>();

	private final Map<Occasion, Set<String>> keys = new EnumMap<>(Occasion.class);

	private int welcome;

	private ReplyRules(UnaryOperator<String> filled) {
		this.filled = filled;
	}

	/**
	 * Fails with all that is wrong.
	 * @param rules in the editors' order
	 * @param filled puts our address and appid into a text
	 */
	static void check(List<Rule> rules, UnaryOperator<String> filled) {
		ReplyRules check = new ReplyRules(filled);
		for (int i = 0; i < rules.size(); i++) {
			check.rule("replies[%d]".formatted(i), rules.get(i));
		}
		check.violations.throwIfAny();
	}

	private void rule(String path, Rule rule) {
		boolean once = ONCE.contains(rule.occasion());
		this.violations.require(this.seen.add(rule.occasion()) || !once, path + ".occasion", "这类回复只能有一条")
			.require(once == rule.keys().isEmpty(), path + ".keys", once ? "这类回复不带关键词" : "请至少填写一个关键词");
		for (int i = 0; i < rule.keys().size(); i++) {
			key("%s.keys[%d]".formatted(path, i), rule.occasion(), rule.keys().get(i));
		}
		text(path + ".text", rule);
	}

	private void key(String path, Occasion on, String key) {
		String compared = (on == Occasion.KEYWORD) ? ReplyBook.plain(key) : key;
		this.violations.require(!compared.isBlank(), path, "关键词不能只有标点或空格")
			.require(bytes(key) <= LONGEST_KEY, path, "关键词不超过 128 字节，一个汉字占 3 字节")
			.require(this.keys.computeIfAbsent(on, (first) -> new HashSet<>()).add(compared), path, "关键词重复");
	}

	private void text(String path, Rule rule) {
		String text = this.filled.apply(rule.text());
		boolean toStaff = text.isEmpty() && TO_STAFF.contains(rule.occasion());
		this.violations.require(toStaff || !text.isBlank(), path, "请填写回复内容")
			.require(!CONTROL.matcher(text).find(), path, "回复内容含有不能显示的字符")
			.require(!text.contains("{{"), path, "占位符只能是 {{publicUrl}} 或 {{miniAppId}}");
		boolean welcomes = rule.occasion() == Occasion.FOLLOW || rule.occasion() == Occasion.UNBOUND;
		this.welcome += welcomes ? bytes(text) + 1 : 0;
		this.violations.require((welcomes ? this.welcome - 1 : bytes(text)) <= LONGEST_TEXT, path,
				welcomes ? "欢迎语与绑定提示合计不超过 2048 字节，一个汉字占 3 字节" : "回复不超过 2048 字节，一个汉字占 3 字节");
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
