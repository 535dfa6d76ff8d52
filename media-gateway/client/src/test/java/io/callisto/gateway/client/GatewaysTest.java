package io.callisto.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaysTest {
    @Test
    void the_order_of_the_setting_is_kept() {
        Gateways gateways = Gateways.parse("g2=127.0.0.1:7002, g1=gw.example:7001,g3=[::1]:7003");

        assertThat(gateways.addresses())
                .containsExactly(
                        new GatewayAddress("g2", "127.0.0.1", 7002),
                        new GatewayAddress("g1", "gw.example", 7001),
                        new GatewayAddress("g3", "::1", 7003));
        assertThat(Gateways.parse(gateways.toString())).isEqualTo(gateways);
        assertThat(gateways.find("g1")).map(GatewayAddress::port).contains(7001);
        assertThat(gateways.find("g9")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "g1", "g1=", "g1=host", "g1=host:", "g1=host:x", "g1=h:1,,g2=h:2", "=h:1", "g1=:1"})
    void text_of_another_form_is_refused_with_the_form(String text) {
        assertThatThrownBy(() -> Gateways.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g1=h:0", "g1=h:65536", "g 1=h:1", "g1=h:1,g1=h:2"})
    void impossible_values_are_refused(String text) {
        assertThatThrownBy(() -> Gateways.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_attempt_id_survives_the_way_through_bytes() {
        AttemptId id = new AttemptId(UUID.fromString("01900000-1234-7abc-8def-0123456789ab"));

        assertThat(AttemptIdBytes.encode(id).size()).isEqualTo(16);
        assertThat(AttemptIdBytes.decode(AttemptIdBytes.encode(id))).isEqualTo(id);
        assertThat(AttemptIdBytes.tryDecode(ByteString.copyFrom(new byte[15]))).isEmpty();
    }
}
