package io.callisto.console.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds every body but uploads, whether its length is announced or not. */
final class BodyLimitFilter extends OncePerRequestFilter {
    private final long limit;
    private final ProblemWriter problems;

    BodyLimitFilter(long limit, ProblemWriter problems) {
        this.limit = limit;
        this.problems = problems;
    }

    /** Uploads have a limit of their own, where they are read. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().endsWith("/imports");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            BodyTooLarge refusal = new BodyTooLarge(limit);
            problems.write(
                    request,
                    response,
                    new ApiProblem(ProblemCode.BODY_TOO_LARGE, String.valueOf(refusal.getMessage())));
            return;
        }
        chain.doFilter(new BoundedRequest(request, limit), response);
    }

    /** Hands out a stream that counts. */
    private static final class BoundedRequest extends HttpServletRequestWrapper {
        private final long limit;

        private @Nullable ServletInputStream stream;

        BoundedRequest(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream opened = stream;
            if (opened == null) {
                opened = new BoundedStream(super.getInputStream(), limit);
                stream = opened;
            }
            return opened;
        }
    }

    /** Used by the request's thread only. */
    private static final class BoundedStream extends ServletInputStream {
        private final ServletInputStream source;
        private final long limit;
        private long seen;

        BoundedStream(ServletInputStream source, long limit) {
            this.source = source;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = source.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = source.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) throws BodyTooLarge {
            seen += bytes;
            if (seen > limit) {
                throw new BodyTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
