/// Checks of proxies; [ProxyChecks] lists them.
@NullMarked
package dev.pitcrew.assess.proxy;

import org.jspecify.annotations.NullMarked;
