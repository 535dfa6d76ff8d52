package io.callisto.gateway.server;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a failed start as a message and a remedy instead of a stack trace. */
public final class GatewayFailureAnalyzer extends AbstractFailureAnalyzer<GatewayStartFailure> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, GatewayStartFailure cause) {
        return new FailureAnalysis(
                "The media gateway cannot start: " + cause.getMessage() + ".", cause.remedy(), cause);
    }
}
