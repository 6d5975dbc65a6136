package cn.qingfeng.local.sandbox.world;

import tools.jackson.databind.JsonNode;

/**
 * A part whose state goes into a snapshot and comes back from one.
 */
public interface Remembered {

	String name();

	Object save();

	void load(JsonNode saved);

}
