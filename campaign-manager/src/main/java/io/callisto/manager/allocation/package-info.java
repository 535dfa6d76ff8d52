/**
 * Which jobs this server dials: follows the director's allocation and stands for the scopes of the jobs allocated
 * here.
 */
@NullMarked
package io.callisto.manager.allocation;

import org.jspecify.annotations.NullMarked;
