/** Orders to the owners of scopes: REST leaves them in table command and tells what became of them. */
@NullMarked
package io.callisto.console.commands;

import org.jspecify.annotations.NullMarked;
