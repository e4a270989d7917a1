/// The built-in balancer for demo and paper: one front port for each service, which holds requests while the service
/// changes hands.
///
/// In: routes and holds. Out: a [TrafficState]. Read [Traffic] first; `BalancerMain` is the process behind its real
/// adapter, `BalancerClient`.
@NullMarked
package dev.pitcrew.runtime.balancer;

import org.jspecify.annotations.NullMarked;
