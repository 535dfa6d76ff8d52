package io.callisto.manager.dialing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingCodeTest {
    @ParameterizedTest
    @CsvSource({
        "+4930123456,49",
        "+12125550100,1",
        "+74951234567,7",
        "+353861234567,353",
        "+819012345678,81",
        "+4219055,421"
    })
    void the_first_digits_decide(String number, String code) {
        assertThat(CallingCode.of(number)).isEqualTo(code);
    }
}
