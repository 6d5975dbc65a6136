package cn.qingfeng.content.article;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlTests {

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
			"<iframe src=\"https://evil.example\"></iframe>", "<p onclick=\"alert(1)\">x</p>",
			"<a href=\"javascript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt&#58;alert(1)\">x</a>",
			"<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
			"<p style=\"background:url(javascript:alert(1))\">x</p>",
			"<p style=\"text-align:center;position:fixed\">x</p>", "<style>@import 'https://evil.example'</style>",
			"<form action=\"https://evil.example\"><input name=a></form>", "<base href=\"https://evil.example/\">",
			"<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "<scr<script>ipt>alert(1)</script>",
			"<p id=\"x\" class=\"y\" data-z=\"1\">x</p>", "<!-- <script>alert(1)</script> -->",
			"<math><mtext></p><style><img src=x onerror=alert(1)>", "<object data=\"x\"></object>" })
	void whatCouldDoHarmIsDropped(String html) {
		assertThat(Html.sanitise(html)).doesNotContainIgnoringCase("<script")
			.doesNotContainIgnoringCase("javascript")
			.doesNotContain("onerror=", "onload=", "onclick=", "<img", "<svg", "<iframe", "<style", "<form", "<input",
					"<base", "<meta", "<object", "style=", "evil.example", "data:", "class=", "id=", "data-z");
	}

	@Test
	void whatArticlesConsistOfStays() {
		String html = """
				<h2>标题</h2><p style="text-align:center">正文<strong>加粗</strong><br /></p>\
				<ul><li>一</li></ul><blockquote>引文</blockquote>\
				<table><tbody><tr><td colspan="2">格</td></tr></tbody></table>""";
		assertThat(Html.sanitise(html)).contains("<h2>标题</h2>", "<strong>加粗</strong>", "<ul><li>一</li></ul>",
				"<blockquote>引文</blockquote>", "<td colspan=\"2\">格</td>", "text-align:center");
	}

	@Test
	void linksStayWithoutPowerOverThePage() {
		assertThat(Html.sanitise("<a href=\"https://www.12371.cn/\">共产党员网</a>"))
			.contains("href=\"https://www.12371.cn/\"")
			.contains("noopener")
			.contains("共产党员网");
	}

	@Test
	void sanitisingAgainChangesNothing() {
		String once = Html.sanitise("<p>1 < 2 & \"三\" 'four' 5 = 5 @ {{x}}</p><script>x</script>");
		assertThat(Html.sanitise(once)).isEqualTo(once);
	}

	@Test
	void markdownBecomesHtmlAndCarriesNoHtmlOfItsOwn() {
		assertThat(Html.ofMarkdown("## 致党员\n\n清风**正气**\n\n<script>alert(1)</script>"))
			.contains("<h2>致党员</h2>", "<strong>正气</strong>")
			.doesNotContain("<script");
	}

	@Test
	void chinesePunctuationAndRareCharactersStayThemselves() {
		String html = "<p>清风，正气！“廉洁”（二）；𠮷祥：10％～</p>";
		assertThat(Html.sanitise(html)).isEqualTo(html);
	}

	@Test
	void wideMarkupStaysAReference() {
		assertThat(Html.sanitise("<p>＜script＞</p>")).isEqualTo("<p>&#xff1c;script&#xff1e;</p>");
	}

}
