/**
 * What every feature stands on and none owns: the database pool and its one transaction
 * helper, problem documents, security read from the contract, idempotency, the outbox,
 * seeds, Redis as a thing that may be gone. Open on purpose: its sub-packages are its
 * API. It publishes no events and knows no feature.
 */
@ApplicationModule(displayName = "Platform", type = ApplicationModule.Type.OPEN, allowedDependencies = {})
@NullMarked
package cn.qingfeng.platform;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
