package io.callisto.drills.tree;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The picture of docs/ARCHITECTURE.md, "Modules", and the rules of docs/STYLE.md, kept by the build. */
class ArchitectureTest {
    private static JavaClasses product;

    /** Deployable services: they meet in gRPC, SQL, Kafka and JMS, never in a class file. */
    private static final Map<String, DescribedPredicate<JavaClass>> SERVICES = services();

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.callisto");
        assertThat(product).as("classes found").hasSizeGreaterThan(100);
    }

    @Test
    void services_never_import_one_another() {
        SERVICES.forEach((name, classes) -> SERVICES.forEach((other, others) -> {
            if (!name.equals(other)) {
                noClasses()
                        .that(classes)
                        .should()
                        .dependOnClassesThat(others)
                        .because(name + " and " + other + " are deployed apart; they meet in gRPC, SQL, Kafka and JMS")
                        .check(product);
            }
        }));
    }

    @Test
    void libraries_do_not_know_the_services() {
        SERVICES.forEach((name, classes) -> noClasses()
                .that(resideInAnyPackage(
                        "io.callisto.ha..",
                        "io.callisto.outbox..",
                        "io.callisto.messaging..",
                        "io.callisto.event..",
                        "io.callisto.db..",
                        "io.callisto.rules.client..",
                        "io.callisto.gateway.client..",
                        "io.callisto.cache.client.."))
                .should()
                .dependOnClassesThat(classes)
                .because("a library that knows a service cannot be used by another one")
                .check(product));
    }

    @Test
    void the_event_client_needs_kafka_and_jackson_only() {
        classes()
                .that()
                .resideInAPackage("io.callisto.event.client..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "org.apache.kafka..",
                        "tools.jackson..",
                        "com.fasterxml.jackson..",
                        "io.callisto.event.contract..",
                        "io.callisto.event.client.."))
                .because("it goes into programs of others, whose class path is theirs")
                .check(product);
    }

    @Test
    void the_domain_is_pure() {
        classes()
                .that()
                .resideInAPackage("io.callisto.domain..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "io.callisto.domain.."))
                .because("decisions must run in a simulation: no Spring, SQL, logger, clock or thread")
                .check(product);
        noClasses()
                .that()
                .resideInAPackage("io.callisto.domain..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "java.io..", "java.net..", "java.util.concurrent.."))
                .because("decisions do no I/O and own no thread")
                .check(product);
    }

    @Test
    void nobody_reads_a_clock_or_dice_but_the_wiring() {
        DescribedPredicate<JavaClass> business = describe(
                "business classes",
                type -> !type.getName().matches(".*(Configuration|Application|Main|Command|AutoConfiguration)(\\$.*)?")
                        && !type.getPackageName().matches("io\\.callisto\\.(server|drills|benchmarks)(\\..*)?"));
        noClasses()
                .that(business)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .because("time, ids and chance are injected, so that a run can be repeated")
                .check(product);
    }

    @Test
    void nothing_is_injected_into_fields() {
        fields().should()
                .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .andShould()
                .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .because("constructors show what a class needs")
                .check(product);
    }

    @Test
    void nothing_static_moves() {
        DescribedPredicate<com.tngtech.archunit.core.domain.JavaField> ours = describe(
                "fields of our own sources",
                field -> !field.getOwner().getPackageName().matches("io\\.callisto\\.(rules|gateway)\\.v1")
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC));
        fields().that(ours)
                .and()
                .areStatic()
                .should()
                .beFinal()
                .because("two servers must be able to live in one JVM")
                .check(product);
    }

    @Test
    void sql_is_in_stores() {
        noClasses()
                .that(describe(
                        "classes that are no store",
                        type -> !type.getName().matches(".*\\.Jdbc\\w*Store(\\$.*)?")
                                && !type.getName().matches("io\\.callisto\\.ha\\.FencedTransaction(\\$.*)?")
                                && !type.getPackageName().startsWith("io.callisto.benchmarks")))
                .should()
                .callMethod(org.springframework.jdbc.core.simple.JdbcClient.class, "sql", String.class)
                .because("all SQL of a feature stands in its Jdbc...Store, where it can be read at one go")
                .check(product);
    }

    @Test
    void nothing_is_scheduled_behind_the_back() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.scheduling.annotation.Scheduled")
                .because("background work is a duty that a test can run by hand")
                .check(product);
    }

    @Test
    void services_have_no_package_cycles() {
        for (String name :
                new String[] {"director", "manager", "agents", "rules", "gateway", "cache", "events", "console"}) {
            slices().matching("io.callisto." + name + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    .because("packages are features; a cycle means that two are one")
                    .allowEmptyShould(true)
                    .check(product);
        }
    }

    private static Map<String, DescribedPredicate<JavaClass>> services() {
        Map<String, DescribedPredicate<JavaClass>> services = new LinkedHashMap<>();
        services.put("campaign-director", resideInAPackage("io.callisto.director.."));
        services.put("campaign-manager", resideInAPackage("io.callisto.manager.."));
        services.put("agent-manager", resideInAPackage("io.callisto.agents.."));
        services.put("rule-engine", service("io.callisto.rules"));
        services.put("media-gateway", service("io.callisto.gateway"));
        services.put("cache-service", service("io.callisto.cache"));
        services.put("event-aggregator", resideInAPackage("io.callisto.events.."));
        services.put("console", resideInAPackage("io.callisto.console.."));
        return services;
    }

    private static DescribedPredicate<JavaClass> service(String root) {
        return resideInAPackage(root + "..")
                .and(not(resideInAnyPackage(root + ".client..", root + ".v1..")))
                .as("classes of " + root);
    }
}
