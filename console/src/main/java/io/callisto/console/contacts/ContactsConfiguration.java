package io.callisto.console.contacts;

import io.callisto.console.commands.JdbcCommandStore;
import io.callisto.console.counting.CountMemory;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.settings.ConsoleProperties;
import io.callisto.domain.Ticker;
import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of contact lists and imports. */
@Configuration(proxyBeanMethods = false)
public class ContactsConfiguration {
    /** What a form adds around its file. */
    private static final long FORM_OVERHEAD = 64 * 1024;

    @Bean
    JdbcContactListStore contactListStore(JdbcClient jdbc) {
        return new JdbcContactListStore(jdbc);
    }

    @Bean
    ContactListsController contactListsController(
            JdbcContactListStore lists, IdempotentRequests requests, Ticker ticker) {
        return new ContactListsController(lists, new CountMemory<>(ticker), requests);
    }

    @Bean
    JdbcImportStore consoleImportStore(JdbcClient jdbc, JsonMapper json) {
        return new JdbcImportStore(jdbc, json);
    }

    @Bean
    ImportsController importsController(
            JdbcContactListStore lists,
            JdbcImportStore imports,
            JdbcCommandStore commands,
            IdempotentRequests requests,
            ConsoleProperties properties) {
        UploadSpool spool = new UploadSpool(spoolDirectory(properties), properties.maxImportBytes());
        return new ImportsController(new ImportQueue(lists, imports, commands, spool, requests), imports);
    }

    /** Forms go to disk at once, whatever their size. */
    @Bean
    MultipartConfigElement multipartConfig(ConsoleProperties properties) {
        return new MultipartConfigElement(
                spoolDirectory(properties).toString(),
                properties.maxImportBytes(),
                properties.maxImportBytes() + FORM_OVERHEAD,
                0);
    }

    private static Path spoolDirectory(ConsoleProperties properties) {
        String configured = properties.spoolDir();
        return Path.of(configured == null ? System.getProperty("java.io.tmpdir") : configured)
                .toAbsolutePath();
    }
}
