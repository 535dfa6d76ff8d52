package io.callisto.server.cli.certs;

import picocli.CommandLine.Command;

/** {@code callisto certs}. */
@Command(
        name = "certs",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a development authority and issues certificates for brokers, services and event clients.",
            "A cluster of this machine that was started with 'up --tls' has its authority in .callisto/tls/authority."
        },
        subcommands = {
            InitCommand.class,
            IssueCommand.class,
            ListCommand.class,
            RenewCommand.class,
            ShowCommand.class,
            ReloadCommand.class
        })
public final class CertsCommand {}
