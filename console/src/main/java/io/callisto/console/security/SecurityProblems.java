package io.callisto.console.security;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.DatabaseFailures;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** What security refuses, as problems. Thread-safe. */
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Logger log = LoggerFactory.getLogger(SecurityProblems.class);

    private final ProblemWriter problems;

    SecurityProblems(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof InternalAuthenticationServiceException) {
            problems.write(request, response, outage(failure));
            return;
        }
        response.setHeader("WWW-Authenticate", "Basic realm=\"Callisto\", charset=\"UTF-8\"");
        // One text for all causes: a stranger must not learn which names exist.
        problems.write(
                request,
                response,
                new ApiProblem(
                        ProblemCode.UNAUTHENTICATED,
                        "Send the name and password of an enabled user with HTTP Basic authentication."));
    }

    private static ApiProblem outage(AuthenticationException failure) {
        Throwable cause = failure.getCause();
        if (cause != null && DatabaseFailures.unavailable(cause)) {
            log.atWarn()
                    .addKeyValue("cause", cause.getClass().getSimpleName())
                    .log("log-in not checked: database unavailable");
            return new ApiProblem(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    "Users cannot be checked now. Nothing was changed; calls in progress go on. Ask again.");
        }
        log.atError().setCause(failure).log("log-in not checked");
        return new ApiProblem(
                ProblemCode.INTERNAL_ERROR, "The log-in could not be checked; the server's log says why.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, @Nullable AccessDeniedException denied)
            throws IOException {
        problems.write(
                request,
                response,
                new ApiProblem(
                        ProblemCode.FORBIDDEN,
                        "Your role or organisation does not allow " + request.getMethod() + " here."));
    }
}
