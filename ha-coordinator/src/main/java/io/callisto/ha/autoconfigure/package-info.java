/** Wires the coordinator into Spring Boot applications, in both layouts of a server. */
@NullMarked
package io.callisto.ha.autoconfigure;

import org.jspecify.annotations.NullMarked;
