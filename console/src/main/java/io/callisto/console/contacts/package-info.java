/** Contact lists and their imports. */
@NullMarked
package io.callisto.console.contacts;

import org.jspecify.annotations.NullMarked;
