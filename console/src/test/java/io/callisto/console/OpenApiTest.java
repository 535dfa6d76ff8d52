package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The API's document, and its copy in the repository. */
@Requirement("AD-7")
final class OpenApiTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension();

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void the_copy_in_the_repository_is_what_the_console_serves() throws IOException {
        Path copy = Path.of(System.getProperty("callisto.root", ".."), "docs", "reference", "openapi.json");
        String served = JSON.writeValueAsString(document()) + "\n";
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, served);
        }
        assertThat(copy).exists();
        assertThat(served)
                .as("docs/reference/openapi.json is out of date; rewrite it with -Dcallisto.docs.update=true")
                .isEqualTo(Files.readString(copy));
    }

    @Test
    void every_operation_has_a_name_of_its_own_a_summary_and_the_problem() {
        List<String> names = new ArrayList<>();
        document()
                .path("paths")
                .forEach(path -> path.forEach(operation -> {
                    names.add(operation.path("operationId").asString());
                    assertThat(operation.path("summary").asString()).isNotEmpty();
                    assertThat(operation.path("responses").path("default").toString())
                            .contains("Problem");
                }));
        assertThat(names)
                .hasSizeGreaterThan(30)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+[A-Z][A-Za-z]+"));
    }

    @Test
    void every_reference_of_the_document_leads_somewhere() {
        JsonNode document = document();
        List<String> references = document.findValuesAsString("$ref");
        assertThat(references).contains("#/components/schemas/Problem");
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void the_page_for_trying_it_is_served_to_users() {
        Rest.Answer page = CONSOLE.as("audrey").get("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/html");
    }

    private static JsonNode document() {
        Rest.Answer answer = CONSOLE.as("audrey").get("/v3/api-docs");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }
}
