/** The subcommands of {@code callisto kafka-ha}: options, questions and output; the work is in kafkaha. */
@NullMarked
package io.callisto.server.cli.kafka;

import org.jspecify.annotations.NullMarked;
