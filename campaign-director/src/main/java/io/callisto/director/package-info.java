/**
 * The campaign director: owner of the life of jobs and of their allocation (scope {@code director}), and of the imports
 * of each
 * zone (scopes {@code director/{zone}}). Everything it does is a row in the database, written through {@code
 * FencedTransaction}.
 */
@NullMarked
package io.callisto.director;

import org.jspecify.annotations.NullMarked;
