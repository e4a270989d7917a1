/// Templates of configuration in, what they become and who fills them in out. Read [TemplateFiles] first.
@NullMarked
package dev.pitcrew.read.template;

import org.jspecify.annotations.NullMarked;
