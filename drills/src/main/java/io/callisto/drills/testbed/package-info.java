/** Running clusters that faults can be done to: local processes, hosts in network namespaces, containers. */
@NullMarked
package io.callisto.drills.testbed;

import org.jspecify.annotations.NullMarked;
