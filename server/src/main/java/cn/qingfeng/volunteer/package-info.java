/**
 * Volunteer events: sign-up that never oversells, check-in by a code that only those on
 * the spot can see, hours that follow from the recorded times alone. Offers no API to
 * other features.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "platform", "staff", "member", "push" })
package cn.qingfeng.volunteer;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
