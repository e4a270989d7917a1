/// Configurations of nginx and HAProxy in, what they listen on and where they pass requests to out.
///
/// Read [NginxFormat] and [HaproxyFormat] first.
@NullMarked
package dev.pitcrew.read.proxy;

import org.jspecify.annotations.NullMarked;
