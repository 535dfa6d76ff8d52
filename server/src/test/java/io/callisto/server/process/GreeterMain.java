package io.callisto.server.process;

import org.slf4j.LoggerFactory;

/** A process that loads a library's class and says so. */
public final class GreeterMain {
    private GreeterMain() {}

    public static void main(String[] args) {
        System.out.println("hello of " + LoggerFactory.class.getSimpleName());
    }
}
