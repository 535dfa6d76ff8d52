/** The OpenAPI document. */
@NullMarked
package io.callisto.console.openapi;

import org.jspecify.annotations.NullMarked;
