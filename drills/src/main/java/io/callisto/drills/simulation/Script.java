package io.callisto.drills.simulation;

import io.callisto.drills.simulation.SimDatabase.Fencing;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a duty does next. Between two pieces of work it waits for an answer, so pauses, crashes and takeovers fall
 * between a check and its effect, and inside open transactions.
 */
final class Script {
    private final World world;
    private final SimDatabase database;
    private final Checkers checkers;
    private final SimServer server;
    private final Runnable wakeUp;
    private Lease lease;
    private @Nullable Runnable next;
    private @Nullable Tx open;
    private boolean over;

    Script(Stage stage, SimServer server, Lease lease, Runnable wakeUp) {
        this.world = stage.world();
        this.database = stage.database();
        this.checkers = stage.checkers();
        this.server = server;
        this.lease = lease;
        this.wakeUp = wakeUp;
    }

    Lease lease() {
        return lease;
    }

    /** Does what is next, if it is known already. */
    int run(Lease newest) {
        lease = newest;
        Runnable now = next;
        next = null;
        if (now == null) {
            return 0;
        }
        now.run();
        return 1;
    }

    void begin(Runnable first) {
        next = first;
    }

    /** A while later. */
    void later(long nanos, Runnable then) {
        world.after(nanos, () -> server.whenRunning(() -> goOn(then)));
    }

    private void goOn(Runnable then) {
        if (!over) {
            next = then;
            wakeUp.run();
            server.wake();
        } else if (world.sabotaged(Sabotage.DEADLINE_IGNORED)) {
            onItsOwn(then);
        }
    }

    private void onItsOwn(Runnable then) {
        try {
            then.run();
        } catch (Fenced | SimFailure e) {
            world.trace(server + " zombie of " + lease.scope() + " stopped: " + e.getMessage());
        }
    }

    /** Asks, and goes on with the answer; none in time is a failure of this duty. */
    <R> void ask(Link link, String what, Consumer<Consumer<R>> effect, Consumer<R> then) {
        server.<R>ask(
                link,
                what,
                effect,
                reply -> goOn(() -> {
                    if (reply == null) {
                        throw new SimFailure(what + ": no answer");
                    }
                    then.accept(reply);
                }));
    }

    /** Asks, and goes on where no answer came, too. */
    <R> void ask(Link link, String what, Consumer<Consumer<R>> effect, Consumer<R> then, Runnable unanswered) {
        server.<R>ask(
                link,
                what,
                effect,
                reply -> goOn(() -> {
                    if (reply == null) {
                        unanswered.run();
                    } else {
                        then.accept(reply);
                    }
                }));
    }

    /** The owner acts outside the database now. */
    void acts(String what) {
        requireLive();
        checkers.acts(server, lease, what);
    }

    /** As {@code FencedTransaction}: fence, work, a look at the deadline, commit; each a round trip. */
    void fenced(String what, BiConsumer<Tables, Tx> work, Runnable then) {
        requireLive();
        checkers.acts(server, lease, what);
        Tx.Work mine = new Tx.Work(lease.scope(), lease.epoch(), server.toString());
        String name = server + " " + what + " epoch " + Long.toHexString(lease.epoch());
        int life = database.life();
        ask(
                server.databaseLink(),
                what,
                (Consumer<Fencing> answer) -> {
                    if (!database.down()) {
                        Tx tx = database.begin(name, mine);
                        open = tx;
                        database.fence(tx, mine, lease.owner(), answer);
                    }
                },
                fencing -> fenced(what, work, then, fencing, life));
    }

    private void fenced(String what, BiConsumer<Tables, Tx> work, Runnable then, Fencing fencing, int life) {
        Tx tx = open;
        if (fencing == Fencing.OTHER) {
            checkers.refused(lease.scope());
            throw new Fenced(lease, "another epoch owns the scope");
        }
        if (fencing == Fencing.FAILED || tx == null) {
            throw new SimFailure(what + ": the database failed");
        }
        ask(
                server.databaseLink(),
                what,
                (Consumer<Boolean> answer) -> {
                    if (!tx.over() && database.life() == life) {
                        database.touch(tx);
                        work.accept(database.tables(), tx);
                        answer.accept(true);
                    }
                },
                done -> commit(what, tx, then));
    }

    private void commit(String what, Tx tx, Runnable then) {
        requireLive();
        ask(server.databaseLink(), what, (Consumer<Boolean> answer) -> answer.accept(database.commit(tx)), done -> {
            open = null;
            if (!done) {
                throw new SimFailure(what + ": rolled back");
            }
            then.run();
        });
    }

    private void requireLive() {
        if (!lease.live(server.ticker()) && !world.sabotaged(Sabotage.DEADLINE_IGNORED)) {
            throw new Fenced(lease, "its deadline has passed");
        }
    }

    /** The connection goes back: what is open is rolled back, once the database hears of it. */
    void close() {
        over = true;
        Tx last = open;
        if (last != null && !server.databaseLink().losesRequest()) {
            world.after(server.databaseLink().delay(), () -> database.abort(last, "connection closed"));
        }
    }
}
