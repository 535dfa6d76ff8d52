package io.callisto.server.kafkaha;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** What this machine is called and by which addresses it is known. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /** Name of this machine, for people. */
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Whether a name or address is this machine's. */
    public static boolean isHere(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
