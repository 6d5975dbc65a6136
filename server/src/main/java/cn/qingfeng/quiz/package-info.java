/**
 * Banks of questions, rounds (a month's quiz) and the attempts of members: each draws an
 * own paper from the round's sealed seed, is saved answer by answer, scored here, and
 * shown its key only when the round's policy allows. The API is {@link Rounds}, with
 * which the monthly issue binds and publishes a round. It publishes no events.
 */
@ApplicationModule(displayName = "Quiz", allowedDependencies = { "platform", "staff", "member" })
@NullMarked
package cn.qingfeng.quiz;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
