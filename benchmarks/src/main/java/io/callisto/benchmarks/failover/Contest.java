package io.callisto.benchmarks.failover;

import io.callisto.ha.JdbcDeathCertificateStore;
import io.callisto.server.process.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does the same faults to one contender's workers. Used by one thread. */
final class Contest implements AutoCloseable {
    private static final long READY_LIMIT_MILLIS = 120_000;
    private static final long LOOK_MILLIS = 10;
    private static final long SETTLE_MILLIS = 2_500;
    private static final long STRIDE_MICROS = 1_000_000;
    private static final int STRIDE_EFFECTS = 15;
    private static final long AFTER_KILL_MILLIS = 500;
    private static final long FROZEN_ON_MILLIS = 1_000;
    private static final long AFTER_THAW_MILLIS = 3_000;

    private final Arena arena;
    private final Contender contender;
    private final Duration cap;
    private final Consumer<String> progress;
    private final JdbcEffectStore effects;
    private final JdbcDeathCertificateStore certificates;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<ChildJvm> workers = new ArrayList<>();
    private int born;

    Contest(Arena arena, Contender contender, Duration cap, Consumer<String> progress) {
        this.arena = arena;
        this.contender = contender;
        this.cap = cap;
        this.progress = progress;
        this.effects = new JdbcEffectStore(arena.pool(), contender);
        this.certificates = new JdbcDeathCertificateStore(arena.pool());
    }

    /** A worker and its name in the database. */
    private record Owner(ChildJvm process, String name) {}

    /** What came of a contender. */
    record Result(Contender contender, Series kills, Series freezes) {}

    Result run(int runs, boolean freezes) throws InterruptedException {
        hire();
        hire();
        Series killed = new Series();
        for (int run = 0; run < runs && killed.unfinished() == 0; run++) {
            killed.add(kill());
            report("kill -9", killed);
        }
        Series frozen = new Series();
        // Who did not take over from the dead will not take over from the frozen.
        for (int run = 0; run < runs && freezes && killed.unfinished() + frozen.unfinished() == 0; run++) {
            frozen.add(freeze());
            report("freeze", frozen);
        }
        return new Result(contender, killed, frozen);
    }

    private FailoverMeasure kill() throws InterruptedException {
        Owner owner = settledOwner();
        long fault = effects.nowMicros();
        owner.process().kill();
        owner.process().awaitEnd();
        if (contender.supervised()) {
            certificates.certify(owner.name(), "bench", owner.process().pid(), "bench");
        }
        if (awaitSuccessor(owner, fault)) {
            Pause.millis(AFTER_KILL_MILLIS);
            replace(owner);
        }
        return measure(owner, fault);
    }

    private FailoverMeasure freeze() throws InterruptedException {
        Owner owner = settledOwner();
        long fault = effects.nowMicros();
        owner.process().freeze();
        boolean succeeded = awaitSuccessor(owner, fault);
        Pause.millis(FROZEN_ON_MILLIS);
        owner.process().thaw();
        Pause.millis(AFTER_THAW_MILLIS);
        FailoverMeasure measure = measure(owner, fault);
        owner.process().kill();
        owner.process().awaitEnd();
        if (succeeded) {
            replace(owner);
        }
        return measure;
    }

    private FailoverMeasure measure(Owner owner, long faultMicros) {
        return FailoverMeasure.of(effects.since(faultMicros - STRIDE_MICROS), owner.name(), faultMicros);
    }

    /** The one worker that acts, when everybody is ready and some time has passed, not always the same. */
    private Owner settledOwner() throws InterruptedException {
        await(
                "every worker ready",
                READY_LIMIT_MILLIS,
                () -> workers.stream().allMatch(worker -> {
                    worker.requireAlive();
                    return effects.isReady(nameOf(worker));
                }));
        Pause.millis(SETTLE_MILLIS + random.nextLong(1_000));
        OwnerLook look = new OwnerLook();
        await("one owner", cap.toMillis() + READY_LIMIT_MILLIS, look);
        return look.required();
    }

    private boolean awaitSuccessor(Owner owner, long faultMicros) throws InterruptedException {
        return until(cap.toMillis(), LOOK_MILLIS, () -> effects.othersActed(owner.name(), faultMicros));
    }

    private static void await(String what, long limitMillis, BooleanSupplier so) throws InterruptedException {
        if (!until(limitMillis, 100, so)) {
            throw new IllegalStateException("not within " + limitMillis / 1_000 + " s: " + what);
        }
    }

    private static boolean until(long limitMillis, long stepMillis, BooleanSupplier so) throws InterruptedException {
        long start = System.nanoTime();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - start > limitMillis * 1_000_000) {
                return false;
            }
            Pause.millis(stepMillis);
        }
        return true;
    }

    private void hire() {
        born++;
        workers.add(arena.worker(contender, "w" + born));
    }

    private void replace(Owner gone) {
        workers.remove(gone.process());
        hire();
    }

    private String nameOf(ChildJvm worker) {
        return worker.name().substring(contender.id().length() + 1);
    }

    private void report(String fault, Series series) {
        String last = series.unfinished() > 0
                ? "nobody within " + cap.toSeconds() + " s"
                : series.gaps() + " ms without an owner, " + series.late() + " late effects";
        progress.accept(contender.id() + ", " + fault + ": " + last);
    }

    @Override
    public void close() {
        workers.forEach(ChildJvm::close);
    }

    /** Finds the owner, and keeps it. */
    private final class OwnerLook implements BooleanSupplier {
        private @Nullable Owner found;

        @Override
        public boolean getAsBoolean() {
            Optional<String> name = effects.soleOwner(effects.nowMicros() - STRIDE_MICROS, STRIDE_EFFECTS);
            found = name.flatMap(sole -> workers.stream()
                            .filter(worker -> nameOf(worker).equals(sole))
                            .findFirst()
                            .map(worker -> new Owner(worker, sole)))
                    .orElse(null);
            return found != null;
        }

        Owner required() {
            if (found == null) {
                throw new IllegalStateException("nobody owns the role of " + contender.id());
            }
            return found;
        }
    }
}
