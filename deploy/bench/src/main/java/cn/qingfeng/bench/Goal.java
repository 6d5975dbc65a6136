package cn.qingfeng.bench;

import java.util.List;

/**
 * One of the speed goals.
 */
interface Goal {

	String name();

	/**
	 * Measures it.
	 * @param stage with everything running and warm
	 * @param options how long and how often
	 * @return what to print
	 */
	List<Line> measure(Stage stage, Options options);

}
