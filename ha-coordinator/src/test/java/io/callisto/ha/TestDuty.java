package io.callisto.ha;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A duty that tells what happens to it. One object makes all duties of a candidacy and hears them all. */
final class TestDuty implements RoleDutyFactory {
    final List<String> happened = new CopyOnWriteArrayList<>();
    final AtomicInteger working = new AtomicInteger();
    final AtomicInteger pieces = new AtomicInteger();
    final AtomicBoolean overlapped = new AtomicBoolean();
    volatile @Nullable Work work;

    /** A piece of work. */
    @FunctionalInterface
    interface Work {
        int apply(Lease lease) throws Exception;
    }

    static TestDuty idle() {
        return new TestDuty();
    }

    static TestDuty doing(Work work) {
        TestDuty duty = new TestDuty();
        duty.work = work;
        return duty;
    }

    @Override
    public RoleDuty create(Lease lease, Runnable wakeUp) {
        return new RoleDuty() {
            @Override
            public void takeOver(Lease claimed) {
                if (working.incrementAndGet() > 1) {
                    overlapped.set(true);
                }
                happened.add("takeOver " + claimed.epoch());
            }

            @Override
            public int doWork(Lease newest) {
                pieces.incrementAndGet();
                Work todo = work;
                try {
                    return todo == null ? 0 : todo.apply(newest);
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() {
                working.decrementAndGet();
                happened.add("close " + lease.epoch());
            }
        };
    }

    boolean active() {
        return working.get() > 0;
    }

    long takeOvers() {
        return happened.stream().filter(what -> what.startsWith("takeOver")).count();
    }
}
