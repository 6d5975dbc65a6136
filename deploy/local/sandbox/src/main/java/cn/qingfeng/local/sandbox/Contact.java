package cn.qingfeng.local.sandbox;

/**
 * A name and a mobile number: all that makes a person here.
 */
public record Contact(String name, String phone) {
}
