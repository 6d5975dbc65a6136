/**
 * Codes that work once: mini-program login, phone numbers and web authorisation.
 */
@NullMarked
package cn.qingfeng.local.sandbox.login;

import org.jspecify.annotations.NullMarked;
