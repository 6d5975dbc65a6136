package cn.qingfeng.wechat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;

/**
 * How wanted tags, one for each unit for instance, fit into the hundred that WeChat
 * allows an account, its own three included.
 */
public sealed interface TagPlan {

	/** All tags of an account together. */
	int MOST = 100;

	/** Characters of a name. */
	int LONGEST_NAME = 30;

	/**
	 * Plans tags without calling WeChat.
	 * @param present all tags of the account
	 * @param wanted the names that must be there, the most important first
	 */
	static TagPlan of(List<WechatTag> present, SequencedCollection<String> wanted) {
		Map<String, WechatTag> byName = new HashMap<>();
		present.forEach((tag) -> byName.put(tag.name(), tag));
		List<WechatTag> kept = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		List<Refusal> refused = new ArrayList<>();
		int free = MOST - present.size();
		for (String name : new LinkedHashSet<>(wanted)) {
			WechatTag known = byName.get(name);
			if (known != null && !known.isSystem()) {
				kept.add(known);
			}
			else if (known != null) {
				refused.add(new Refusal(name, Reason.BELONGS_TO_WECHAT));
			}
			else if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
				refused.add(new Refusal(name, Reason.NAME_LENGTH));
			}
			else if (missing.size() >= free) {
				refused.add(new Refusal(name, Reason.NO_ROOM));
			}
			else {
				missing.add(name);
			}
		}
		List<WechatTag> unused = present.stream().filter((tag) -> !tag.isSystem() && !kept.contains(tag)).toList();
		return refused.isEmpty() ? new Fits(kept, missing, free - missing.size())
				: new TooMany(kept, missing, refused, unused);
	}

	/**
	 * All wanted tags fit.
	 *
	 * @param kept those that are there already
	 * @param missing those to create
	 * @param free how many more there could be afterwards
	 */
	record Fits(List<WechatTag> kept, List<String> missing, int free) implements TagPlan {

		public Fits {
			kept = List.copyOf(kept);
			missing = List.copyOf(missing);
		}

	}

	/**
	 * Some do not.
	 *
	 * @param kept those that are there already
	 * @param missing those that could be created
	 * @param refused those that cannot, and why
	 * @param unused tags that nobody wanted, whose deletion would make room
	 */
	record TooMany(List<WechatTag> kept, List<String> missing, List<Refusal> refused,
			List<WechatTag> unused) implements TagPlan {

		public TooMany {
			kept = List.copyOf(kept);
			missing = List.copyOf(missing);
			refused = List.copyOf(refused);
			unused = List.copyOf(unused);
		}

	}

	/**
	 * A tag that cannot be.
	 *
	 * @param name as it was wanted
	 * @param reason why not
	 */
	record Refusal(String name, Reason reason) {

	}

	/**
	 * Why a tag cannot be.
	 */
	enum Reason {

		/** There are a hundred already, or would be. */
		NO_ROOM,

		/** No name, or too long. */
		NAME_LENGTH,

		/** The name of one of WeChat's own tags. */
		BELONGS_TO_WECHAT

	}

}
