/**
 * Roles that exist once in each zone, such as its director or its agent manager: a service stands for those of all
 * zones there are and for no others. News of zones come by {@code NOTIFY callisto_zone}; since they are hints, a sweep
 * finds what they missed.
 */
@NullMarked
package io.callisto.ha.zones;

import org.jspecify.annotations.NullMarked;
