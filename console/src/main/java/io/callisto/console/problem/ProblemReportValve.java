package io.callisto.console.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.MediaType;

/**
 * What Tomcat refuses before any filter sees it (broken request lines, bad header names) is answered as a problem too.
 */
public final class ProblemReportValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, Throwable failure) {
        int status = response.getStatus();
        // As the valve that this replaces: an answer that has begun, or one that says nothing is wrong, stays as it is.
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemCode code = ProblemCode.ofStatus(status);
        String body =
                "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s.\",\"code\":\"%s\",\"errors\":[]}"
                        .formatted(code.type(), code.title(), status, code.title(), code.code());
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            java.io.Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(body);
                response.finishResponse();
            }
        } catch (IOException gone) {
            container.getLogger().debug("the client has gone", gone);
        }
    }
}
