/**
 * Certificates: who may be who (names of servers, services and organisations' clients), a development authority that
 * issues them, the files that hold them, and what may go into a trust store. Used by the command line, the local
 * cluster and the console. Knows neither Kafka nor SQL.
 */
@NullMarked
package io.callisto.certificates;

import org.jspecify.annotations.NullMarked;
