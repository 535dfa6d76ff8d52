/**
 * Checks records of the log against the contract, for tests and drills. The one part of this artifact that needs a
 * library beside Jackson: {@code com.networknt:json-schema-validator}, which whoever uses it must bring.
 */
@NullMarked
package io.callisto.event.contract.validation;

import org.jspecify.annotations.NullMarked;
