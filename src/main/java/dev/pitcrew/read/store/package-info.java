/// Settings of stores: postgresql.conf and redis.conf.
@NullMarked
package dev.pitcrew.read.store;

import org.jspecify.annotations.NullMarked;
