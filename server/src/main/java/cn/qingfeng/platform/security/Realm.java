package cn.qingfeng.platform.security;

/**
 * Whose sessions count on a path: members on {@code /api/v1}, staff on
 * {@code /api/admin/v1}.
 */
public enum Realm {

	MEMBER, STAFF

}
