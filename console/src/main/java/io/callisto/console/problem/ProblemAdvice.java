package io.callisto.console.problem;

import io.callisto.domain.IdGenerator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** The one place that turns exceptions into problem details. Thread-safe. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final IdGenerator ids;

    ProblemAdvice(IdGenerator ids) {
        this.ids = ids;
    }

    @ExceptionHandler(ApiProblem.class)
    ResponseEntity<Object> onProblem(ApiProblem problem, WebRequest request) {
        return answer(problem, new HttpHeaders(), request);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> onDatabase(Exception failure, WebRequest request) {
        return answer(ofDatabase(failure, request), new HttpHeaders(), request);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> onBug(Exception failure, WebRequest request) {
        return answer(internalError(failure, request), new HttpHeaders(), request);
    }

    /** As the inherited one, but without its WARN: a wrong method is the client's affair. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return handleExceptionInternal(failure, null, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest web
                && web.getResponse() != null
                && web.getResponse().isCommitted()) {
            return null;
        }
        return answer(ofWeb(failure, status, request), headers, request);
    }

    private ApiProblem ofWeb(Exception failure, HttpStatusCode status, WebRequest request) {
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return JsonProblems.of(unreadable);
        }
        if (failure instanceof MaxUploadSizeExceededException tooLarge) {
            return new ApiProblem(
                    ProblemCode.BODY_TOO_LARGE,
                    "The file is larger than " + tooLarge.getMaxUploadSize()
                            + " bytes. Split it, or raise callisto.console.max-import-bytes.");
        }
        List<FieldProblem> fields = fields(failure);
        if (!fields.isEmpty()) {
            return ApiProblem.invalid(fields);
        }
        if (status.value() >= 500) {
            return internalError(failure, request);
        }
        ProblemCode code = ProblemCode.ofStatus(status.value());
        return new ApiProblem(code, detailOf(failure, code));
    }

    private static String detailOf(Exception failure, ProblemCode code) {
        if (failure instanceof HttpMediaTypeNotSupportedException media) {
            return "Content-Type " + media.getContentType() + " is not understood here; send "
                    + MediaType.toString(media.getSupportedMediaTypes()) + ".";
        }
        if (failure instanceof org.springframework.web.ErrorResponse response) {
            String detail = response.getBody().getDetail();
            return detail == null ? code.title() + "." : detail;
        }
        return code.title() + ".";
    }

    private static List<FieldProblem> fields(Exception failure) {
        if (failure instanceof MethodArgumentNotValidException invalid) {
            List<FieldProblem> fields = new ArrayList<>();
            for (ObjectError error : invalid.getBindingResult().getAllErrors()) {
                String field = error instanceof FieldError named ? named.getField() : "";
                fields.add(new FieldProblem(field, text(error)));
            }
            return fields;
        }
        if (failure instanceof HandlerMethodValidationException invalid) {
            List<FieldProblem> fields = new ArrayList<>();
            invalid.getParameterValidationResults().forEach(result -> {
                String name = result.getMethodParameter().getParameterName();
                result.getResolvableErrors()
                        .forEach(error -> fields.add(
                                new FieldProblem(name == null ? "" : name, String.valueOf(error.getDefaultMessage()))));
            });
            return fields;
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return List.of(new FieldProblem(missing.getParameterName(), "is missing"));
        }
        if (failure instanceof MissingServletRequestPartException missing) {
            return List.of(new FieldProblem(missing.getRequestPartName(), "is missing"));
        }
        if (failure instanceof MissingRequestHeaderException missing) {
            return List.of(new FieldProblem(missing.getHeaderName(), "is missing"));
        }
        if (failure instanceof TypeMismatchException mismatch) {
            String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                    ? argument.getName()
                    : String.valueOf(mismatch.getPropertyName());
            Class<?> wanted = mismatch.getRequiredType();
            return List.of(new FieldProblem(name, "is not " + (wanted == null ? "valid" : "a " + kind(wanted))));
        }
        return List.of();
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "value of " + List.of(type.getEnumConstants());
        }
        return type == String.class ? "text" : type == boolean.class || type == Boolean.class ? "boolean" : "number";
    }

    private static String text(DefaultMessageSourceResolvable error) {
        return String.valueOf(error.getDefaultMessage());
    }

    private ApiProblem ofDatabase(Exception failure, WebRequest request) {
        if (failure instanceof DuplicateKeyException) {
            return new ApiProblem(ProblemCode.ALREADY_EXISTS, "Something with this name or number exists already.");
        }
        if (failure instanceof PessimisticLockingFailureException) {
            return new ApiProblem(ProblemCode.IN_PROGRESS, "Another request holds what this one needs. Ask again.");
        }
        if (!DatabaseFailures.unavailable(failure)) {
            return internalError(failure, request);
        }
        log.atWarn()
                .addKeyValue("path", path(request))
                .addKeyValue("cause", rootCause(failure).getClass().getSimpleName())
                .addKeyValue("sqlState", rootCause(failure) instanceof SQLException sql ? sql.getSQLState() : "")
                .log("request not served: database unavailable");
        return new ApiProblem(
                ProblemCode.DATABASE_UNAVAILABLE,
                failure instanceof TransactionSystemException
                        ? "The database was lost during the commit: it may or may not have happened. Ask again with the"
                                + " same Idempotency-Key."
                        : "Nothing was changed. Calls in progress go on. Ask again in a moment.");
    }

    private ApiProblem internalError(Exception failure, WebRequest request) {
        UUID incident = ids.next();
        log.atError()
                .addKeyValue("incident", incident)
                .addKeyValue("path", path(request))
                .setCause(failure)
                .log("request failed");
        return new ApiProblem(
                ProblemCode.INTERNAL_ERROR, "The server's log says more under incident " + incident + ".");
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static @Nullable String path(WebRequest request) {
        return request instanceof ServletWebRequest web ? web.getRequest().getRequestURI() : null;
    }

    private static ResponseEntity<Object> answer(ApiProblem problem, HttpHeaders headers, WebRequest request) {
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (ProblemWriter.retryable(problem.code())) {
            all.set(HttpHeaders.RETRY_AFTER, ProblemWriter.RETRY_AFTER_SECONDS);
        }
        return new ResponseEntity<>(
                ProblemWriter.detail(problem, path(request)),
                all,
                problem.code().status());
    }
}
