package cn.qingfeng.wechat;

/**
 * A page of the mini-program.
 *
 * @param path without a query
 * @param query without a question mark, at most 1,024 characters, or empty
 */
public record PageTarget(String path, String query) {

}
