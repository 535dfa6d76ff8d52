package io.callisto.gateway.calls;

/**
 * Limits of an exchange.
 *
 * @param capacity most calls that live at once
 * @param timeFactor what all durations of a call, the ring timeout included, are divided by
 */
public record ExchangeSettings(int capacity, double timeFactor) {}
