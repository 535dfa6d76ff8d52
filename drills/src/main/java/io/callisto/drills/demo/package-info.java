/** {@code ./callisto demo}: the main job in one command, with its proof. */
@NullMarked
package io.callisto.drills.demo;

import org.jspecify.annotations.NullMarked;
