package cn.qingfeng.local;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A frame that tells a person in both languages where to look, measured in columns of a
 * terminal, where a Chinese character takes two.
 */
final class Guide {

	private final List<String> lines = new ArrayList<>();

	Guide heading(String text) {
		if (!this.lines.isEmpty()) {
			this.lines.add("");
		}
		this.lines.add(text);
		return this;
	}

	Guide entry(String name, String value) {
		this.lines.add("  " + name + " ".repeat(Math.max(1, 34 - columns(name))) + value);
		return this;
	}

	void print(PrintStream out) {
		int width = Collections.max(this.lines.stream().map(Guide::columns).toList());
		out.println();
		out.println("┌" + "─".repeat(width + 2) + "┐");
		this.lines.forEach((line) -> out.println("│ " + line + " ".repeat(width - columns(line)) + " │"));
		out.println("└" + "─".repeat(width + 2) + "┘");
		out.println();
		out.flush();
	}

	static int columns(String text) {
		return text.codePoints().map(Guide::columns).sum();
	}

	private static int columns(int character) {
		boolean wide = Character.isIdeographic(character) || (character >= 0x3000 && character <= 0x303f)
				|| (character >= 0xff00 && character <= 0xff60);
		return wide ? 2 : 1;
	}

}
