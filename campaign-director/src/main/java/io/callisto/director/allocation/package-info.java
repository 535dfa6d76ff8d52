/**
 * Which server dials which part of which job: runs the pure function {@code JobAllocation} and writes {@code
 * job_zone.allocated_to}, a wish to the campaign managers, who claim the lease. Work of the owner of scope {@code
 * director}.
 */
@NullMarked
package io.callisto.director.allocation;

import org.jspecify.annotations.NullMarked;
