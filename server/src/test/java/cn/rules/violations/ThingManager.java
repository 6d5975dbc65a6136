package cn.rules.violations;

/** Manages. */
public final class ThingManager {

	private ThingManager() {
	}

	/** Implements. */
	public static final class ThingServiceImpl {

	}

}
