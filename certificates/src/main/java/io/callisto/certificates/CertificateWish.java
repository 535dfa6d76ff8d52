package io.callisto.certificates;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate that is wanted.
 *
 * @param identity who its holder is
 * @param addresses host names and IP addresses at which the holder is reached; none for a holder that only calls
 * @param validity how long it is good, at most as long as the authority's own certificate
 */
public record CertificateWish(Identity identity, List<String> addresses, Duration validity) {
    /** What browsers accept at most, and long enough for a yearly routine. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(397);

    private static final Pattern IP_4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern IP_6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\\.[A-Za-z0-9]"
                    + "([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    public CertificateWish {
        addresses = List.copyOf(addresses);
        for (String address : addresses) {
            if (!isIp(address) && !HOST.matcher(address).matches()) {
                throw new CertificateFailure("'" + address + "' is neither a host name nor an IP address");
            }
        }
        if (validity.isNegative() || validity.isZero()) {
            throw new CertificateFailure("a certificate must be valid for at least a day");
        }
    }

    static boolean isIp(String address) {
        return IP_4.matcher(address).matches() || IP_6.matcher(address).matches();
    }
}
