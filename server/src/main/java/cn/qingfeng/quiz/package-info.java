/**
 * Banks of questions, rounds (a month's quiz) and the attempts of members: each draws an
 * own paper from the round's sealed seed, is saved answer by answer, scored here, and
 * shown its key only when the round's policy allows; a key that was wrong is corrected by
 * two people and every paper scored again. The API is {@link Rounds}, with which the
 * monthly issue binds and publishes a round. It publishes no events.
 */
@ApplicationModule(displayName = "Quiz", allowedDependencies = { "platform", "staff", "member", "push" })
@NullMarked
package cn.qingfeng.quiz;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
