package cn.rules.violations.util;

/** In a package that no product has a word for. */
public final class Strings {

	private Strings() {
	}

}
