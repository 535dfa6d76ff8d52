package io.callisto.ha;

/** Makes the duty of a scope each time it is acquired. */
@FunctionalInterface
public interface RoleDutyFactory {
    /**
     * @param lease just claimed
     * @param wakeUp ends the duty's waiting; callable from any thread, cheap
     */
    RoleDuty create(Lease lease, Runnable wakeUp);
}
