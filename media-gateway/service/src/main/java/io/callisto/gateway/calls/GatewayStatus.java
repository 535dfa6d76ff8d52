package io.callisto.gateway.calls;

/** What the gateway is doing. */
public record GatewayStatus(long incarnation, int liveCalls, int capacity, long callsPlaced, boolean draining) {}
