package cn.qingfeng.wechat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What to do about an error code of WeChat. The codes of each class are data, not
 * branches: a code that nobody classified is {@link #FIX}, never a silent retry.
 */
public enum WechatErrorClass {

	/** Try again with backoff, if the call may be repeated. */
	RETRY(-1, -99, 45169, 61503, 99999, 268487001, 268487002),

	/** The access token is stale: renewed and repeated once by the gateway itself. */
	TOKEN(40001, 40014, 42001),

	/** Stop this kind of call until midnight in Shanghai. */
	QUOTA_DAY(45009, 45028),

	/** Pause for a minute, then go on more slowly. */
	QUOTA_MIN(42010, 43117, 45011, 45066),

	/** The recipient can no longer be reached: no retry. */
	GONE(40003, 43004, 43019, 45015, 45047, 48002, 49003, 50001, 50002, 50005),

	/** Consent is missing or used up: ask again, no retry. */
	CONSENT(43101),

	/** Account, permission or secret problem: someone must look. */
	CONFIG(40002, 40013, 40125, 40164, 40243, 41002, 41004, 43116, 45103, 48001, 48004, 48006, 50004, 50007, 53504,
			53505, 89503, 89504, 89505, 89506, 89507),

	/** The content was refused: back to the editor. */
	CONTENT(40114, 40249, 41039, 45003, 45004, 45110, 45166, 53503, 53600, 87014),

	/** It had been done before: as good as success. */
	DONE(45065),

	/** The person must log in again. */
	AUTH(40029, 40030, 40163, 40226, 41008, 42002, 42003, 42007, 87009),

	/** The request is wrong, or the code is unknown: a person must change something. */
	FIX(ranges(range(40004, 40009), range(88000, 88010), range(9410010, 9410012)), 40032, 40037, 40097, 40130, 40152,
			40215, 41001, 41030, 43104, 44002, 44004, 45056, 45058, 45059, 45067, 45157, 45158, 45159, 45171, 46003,
			46004, 47001, 47003, 48005, 61010, 61024, 61451, 61500, 61501, 9001001);

	private static final Map<Integer, WechatErrorClass> BY_CODE = Stream.of(values())
		.flatMap((kind) -> Arrays.stream(kind.codes).mapToObj((code) -> Map.entry(code, kind)))
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	private final int[] codes;

	WechatErrorClass(int... codes) {
		this.codes = codes;
	}

	WechatErrorClass(int[] first, int... more) {
		this.codes = IntStream.concat(IntStream.of(first), IntStream.of(more)).toArray();
	}

	/** The class of an {@code errcode}; {@link #FIX} when nobody classified it. */
	public static WechatErrorClass of(int code) {
		return BY_CODE.getOrDefault(code, FIX);
	}

	/** Whether the table names this code at all. */
	public static boolean knows(int code) {
		return BY_CODE.containsKey(code);
	}

	private static IntStream range(int first, int last) {
		return IntStream.rangeClosed(first, last);
	}

	private static int[] ranges(IntStream... ranges) {
		return Stream.of(ranges).flatMapToInt(Function.identity()).toArray();
	}

}
