/// Environment files, as Compose and shells read them: names with their values and places. Read [EnvFile] first.
@NullMarked
package dev.pitcrew.read.env;

import org.jspecify.annotations.NullMarked;
