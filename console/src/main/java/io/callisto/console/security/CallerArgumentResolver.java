package io.callisto.console.security;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers their {@link Caller}: the one place where a request gets its organisation. Thread-safe. */
final class CallerArgumentResolver implements HandlerMethodArgumentResolver {
    /** Query parameter and header with which a user of all organisations chooses one. */
    static final String PARAMETER = "organisationId";

    static final String HEADER = "X-Organisation-Id";

    private final JdbcAppUserStore users;

    CallerArgumentResolver(JdbcAppUserStore users) {
        this.users = users;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (!(request.getUserPrincipal() instanceof Authentication authentication)
                || !(authentication.getPrincipal() instanceof AppUser user)) {
            throw new ApiProblem(ProblemCode.UNAUTHENTICATED, "Send a name and password.");
        }
        Integer wanted = wanted(request);
        Integer bound = user.boundTo();
        if (bound != null) {
            if (wanted != null && !wanted.equals(bound)) {
                throw new ApiProblem(ProblemCode.OTHER_ORGANISATION, "You belong to organisation " + bound + ".");
            }
            return user.calling(bound);
        }
        if (wanted != null && wanted != 0 && !users.organisationExists(wanted)) {
            throw ApiProblem.notFound("organisation", wanted);
        }
        return user.calling(wanted == null ? 0 : wanted);
    }

    private static @Nullable Integer wanted(NativeWebRequest request) {
        String parameter = request.getParameter(PARAMETER);
        String text = parameter == null ? request.getHeader(HEADER) : parameter;
        if (text == null) {
            return null;
        }
        try {
            int id = Integer.parseInt(text);
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException notANumber) {
            throw ApiProblem.invalid(PARAMETER, "must be a whole number");
        }
        throw ApiProblem.invalid(PARAMETER, "must not be negative");
    }
}
