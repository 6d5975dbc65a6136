package cn.qingfeng.member.roster;

import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

import cn.qingfeng.member.roster.BindingCodeIssuing.Printed;
import cn.qingfeng.member.roster.BindingCodeIssuing.Slip;
import cn.qingfeng.platform.time.BusinessTime;

import org.springframework.web.util.HtmlUtils;

/**
 * Binding codes as a page to print and cut up. Whoever finds a slip does not have the
 * whole name, without which its code is worth nothing.
 */
final class BindingSlips {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日HH:mm");

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="zh-CN">
			<head>
			<meta charset="utf-8">
			<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
			<meta name="referrer" content="no-referrer">
			<title>绑定码 · %1$s</title>
			<style>
			body { font: 11pt/1.6 sans-serif; margin: 0; color: #000; background: #fff }
			h1 { font-size: 14pt; margin: 0 0 4pt }
			header { padding: 6mm 6mm 2mm }
			main { display: grid; grid-template-columns: 1fr 1fr }
			section { border: 1px dashed #777; padding: 5mm 6mm; break-inside: avoid }
			p { margin: 0 }
			.code { font: 700 20pt/1.5 monospace; letter-spacing: 1pt }
			.small { font-size: 9pt }
			@media print { @page { size: A4; margin: 8mm } header { padding: 0 0 4mm } }
			</style>
			</head>
			<body>
			<header><h1>%1$s · 绑定码</h1><p>共 %2$d 张，%3$s前有效；重新打印后，以前的绑定码作废。请裁开后当面交给本人。</p></header>
			<main>
			%4$s
			</main>
			</body>
			</html>
			""";

	private static final String SLIP = """
			<section>
			<p>%s</p>
			<p>%s　编号 %s</p>
			<p class="code">%s</p>
			<p class="small">打开本单位微信公众号，进入“我的”，点“去绑定”，填写本人姓名和上面的绑定码。%s前有效，只能用一次，请勿转交他人。</p>
			</section>
			""";

	private BindingSlips() {
	}

	static String page(Printed printed) {
		String until = BusinessTime.at(printed.expiresAt()).format(DAY);
		String slips = printed.slips().stream().map((slip) -> slip(slip, until)).collect(Collectors.joining());
		return PAGE.formatted(HtmlUtils.htmlEscape(printed.unit()), printed.slips().size(), until, slips);
	}

	private static String slip(Slip slip, String until) {
		return SLIP.formatted(HtmlUtils.htmlEscape(slip.member().unitName()),
				HtmlUtils.htmlEscape(new PersonName(slip.member().name()).masked()),
				HtmlUtils.htmlEscape(slip.member().number()), slip.code().printed(), until);
	}

}
