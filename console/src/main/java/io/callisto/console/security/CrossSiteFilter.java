package io.callisto.console.security;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a browser sends on behalf of another web site. The API has no session, but a browser repeats
 * Basic credentials by itself, and an order without a body (pause a job) would need no permission of CORS.
 */
final class CrossSiteFilter extends OncePerRequestFilter {
    private final ProblemWriter problems;

    CrossSiteFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean reads = request.getMethod().equals("GET")
                || request.getMethod().equals("HEAD")
                || request.getMethod().equals("OPTIONS");
        if (foreign && !reads) {
            problems.write(
                    request,
                    response,
                    new ApiProblem(
                            ProblemCode.CROSS_SITE, "A page of another web site sent this; nothing was changed."));
            return;
        }
        chain.doFilter(request, response);
    }
}
