/**
 * The media gateways as the dialer sees them: blocking calls in terms of the domain. {@link
 * io.callisto.manager.gateway.CallGateway}
 * is the port, with one adapter to gRPC here and a fake in the tests.
 */
@NullMarked
package io.callisto.manager.gateway;

import org.jspecify.annotations.NullMarked;
