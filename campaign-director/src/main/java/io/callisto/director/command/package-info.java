/** Orders of users to the directors: rows of table {@code command}, applied by the owner of their scope. */
@NullMarked
package io.callisto.director.command;

import org.jspecify.annotations.NullMarked;
