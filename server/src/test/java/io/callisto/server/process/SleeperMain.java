package io.callisto.server.process;

import java.util.concurrent.CountDownLatch;

/** A process that does nothing until it is ended. */
public final class SleeperMain {
    private SleeperMain() {}

    public static void main(String[] args) throws InterruptedException {
        if (!Arguments.parse(args).get("say").equals("hello \"you\"")) {
            System.exit(3);
        }
        StateFile.report("RUNNING");
        new CountDownLatch(1).await();
    }
}
