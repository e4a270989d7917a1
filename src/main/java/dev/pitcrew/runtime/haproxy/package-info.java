/// HAProxy, driven by its Runtime API.
///
/// In: the same calls as for the built-in balancer. Out: how the traffic of a service stands, as HAProxy says. All state is in HAProxy: the
/// routing of a service is one map, changed as a whole, and where its slots lead. Read `HaproxyTraffic` first, then `HaproxyConfig`, which
/// prints what HAProxy has to be started with.
@NullMarked
package dev.pitcrew.runtime.haproxy;

import org.jspecify.annotations.NullMarked;
