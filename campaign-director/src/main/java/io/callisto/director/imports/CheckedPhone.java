package io.callisto.director.imports;

import io.callisto.domain.PhoneNumber;
import java.util.List;

/**
 * A number that may be dialed.
 *
 * @param number E.164
 * @param timeZones where its owner may be; at least one
 */
record CheckedPhone(PhoneNumber number, List<String> timeZones) {}
