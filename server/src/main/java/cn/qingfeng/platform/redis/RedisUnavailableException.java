package cn.qingfeng.platform.redis;

/** Redis gave no answer in time, or is known to be away. */
public final class RedisUnavailableException extends RuntimeException {

	RedisUnavailableException(String operation, Throwable cause) {
		super(operation, cause);
	}

	RedisUnavailableException(String operation) {
		super(operation);
	}

}
