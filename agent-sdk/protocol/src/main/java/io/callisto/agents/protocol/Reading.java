package io.callisto.agents.protocol;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A frame that was read, or why it could not be.
 *
 * @param <F> kind of frames
 */
public final class Reading<F extends Frame> {
    private final @Nullable F frame;
    private final @Nullable Problem problem;

    private Reading(@Nullable F frame, @Nullable Problem problem) {
        this.frame = frame;
        this.problem = problem;
    }

    static <F extends Frame> Reading<F> of(F frame) {
        return new Reading<>(Objects.requireNonNull(frame, "frame"), null);
    }

    static <F extends Frame> Reading<F> failed(Problem problem) {
        return new Reading<>(null, Objects.requireNonNull(problem, "problem"));
    }

    public boolean isFrame() {
        return frame != null;
    }

    /**
     * The frame.
     *
     * @throws NoSuchElementException where there is a problem instead
     */
    public F frame() {
        if (frame == null) {
            throw new NoSuchElementException(String.valueOf(problem));
        }
        return frame;
    }

    /**
     * The problem.
     *
     * @throws NoSuchElementException where there is a frame instead
     */
    public Problem problem() {
        if (problem == null) {
            throw new NoSuchElementException("the frame was read");
        }
        return problem;
    }

    /** One of the two, made into the same. */
    public <R> R fold(Function<? super F, ? extends R> ofFrame, Function<? super Problem, ? extends R> ofProblem) {
        return frame != null ? ofFrame.apply(frame) : ofProblem.apply(problem());
    }

    @Override
    public String toString() {
        return frame != null ? frame.toString() : String.valueOf(problem);
    }
}
