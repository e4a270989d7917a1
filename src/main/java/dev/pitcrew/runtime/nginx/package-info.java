/// nginx, driven by generated files and graceful reloads.
///
/// In: the same calls as for the built-in balancer. Out: how the traffic of a service stands, by the file, by what nginx says it works with,
/// and by the connections that its workers have. Read `NginxTraffic` first, then `NginxConfig`, which is what nginx is given.
@NullMarked
package dev.pitcrew.runtime.nginx;

import org.jspecify.annotations.NullMarked;
