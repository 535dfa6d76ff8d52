/**
 * Who should own what: pure functions over names of servers and scopes. They order candidates, nothing more; who owns a
 * scope is decided by its lease alone.
 */
@NullMarked
package io.callisto.domain.ownership;

import org.jspecify.annotations.NullMarked;
